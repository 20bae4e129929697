"""`stemma add`: reports into a casebook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stemma.cli.engines import (
    Engine,
    LlmApi,
    LlmCache,
    LlmMaxCost,
    LlmMaxTokens,
    LlmModel,
    LlmPrice,
    LlmRate,
    LlmTimeout,
    LlmUrl,
    Replay,
    say_spent,
    say_where_to,
    with_engine,
)
from stemma.cli.guard import Status, guarded
from stemma.cli.options import (
    Casebook,
    Maps,
    Ocr,
    Outlet,
    Paths,
    Published,
    Url,
    Workers,
    parse_maps,
    with_ocr,
)

if TYPE_CHECKING:
    from stemma.cli.progress import Run
    from stemma.run import Added
    from stemma.store.protocol import Store


@guarded
def add(
    paths: Paths,
    *,
    casebook: Casebook = None,
    outlet: Outlet = None,
    published: Published = None,
    url: Url = None,
    map: Maps = None,
    ocr: Ocr = None,
    workers: Workers = 1,
    engine: Engine = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_api: LlmApi = None,
    llm_price: LlmPrice = None,
    llm_max_cost: LlmMaxCost = None,
    llm_max_tokens: LlmMaxTokens = None,
    llm_rate: LlmRate = None,
    llm_timeout: LlmTimeout = None,
    llm_cache: LlmCache = None,
    replay: Replay = False,
) -> Status:
    """Read reports into a casebook; what is in it already is not read again."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.progress import Run
    from stemma.errors import CasebookError, RunEnded
    from stemma.model import Refusal
    from stemma.run import add_paths, count_reports
    from stemma.run.api import make_header, open_casebook
    from stemma.settings import Settings
    from stemma.store.options import shown

    prepare_streams()
    settings = with_ocr(Settings.from_environment(), ocr)
    settings = with_engine(
        settings, engine, llm_url, llm_model, llm_api, llm_price, llm_max_cost, llm_max_tokens, llm_rate,
        llm_timeout, llm_cache, replay,
    )  # fmt: skip
    if casebook:
        settings = replace(settings, store=replace(settings.store, casebook=casebook))
    header, mapping = make_header(outlet, published, url), parse_maps(map)

    def total() -> int | None:
        return count_reports(paths, settings, mapping=mapping, header=header)

    say_where_to(settings)
    run = Run(bar=True, total=total)
    try:
        with open_casebook(settings.store.casebook, create=True) as store, run:
            for result in add_paths(paths, store, settings, mapping=mapping, header=header, workers=workers):
                if isinstance(result, Refusal):
                    run.refuse(result)
                else:
                    _tell(run, result)
            behind = _behind(store)
    except KeyboardInterrupt:
        say(f"stopped: {run.summary('added')}; all of that is kept in {shown(settings.store.casebook)}")
        return Status.STOPPED
    except RunEnded as ended:
        say(ended.line())
        say(f"ended: {run.summary('added')}; all of that is kept in {shown(settings.store.casebook)}")
        return Status.ENDED
    except CasebookError:
        if run.read:
            say(f"{run.summary('added')}; all of that is kept in {shown(settings.store.casebook)}")
        raise
    say(f"{run.summary('added')}; in {shown(settings.store.casebook)}")
    if behind:
        say(behind)
    say_spent(settings)
    return run.status


def _behind(store: Store) -> str:
    """A line on what is not merged yet of a casebook that keeps a record; empty where all is."""
    state = store.unmerged()
    if not state.maker or not state.reports:
        return ""
    which = "1 report is" if state.reports == 1 else f"{state.reports:,} reports are"
    return f"{which} not merged into the record yet: the next question does that, or `stemma merge`"


def _tell(run: Run, added: Added) -> None:
    """One plain line per report where no bar is drawn."""
    from stemma.cli.harmless import harmless
    from stemma.cli.progress import count

    if added.outcome.value == "known" or added.claims is None:
        run.knew()
    else:
        run.took(added.claims)
    if not run.has_bar:
        claims = "" if added.claims is None else f", {count(added.claims, 'claim')}"
        print(f"{added.outcome.value}: {harmless(added.report)}{claims}", flush=True)
