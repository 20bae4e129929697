"""`stemma read`: reports in, claims out, nothing kept."""

from __future__ import annotations

from typing import Annotated

import typer

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
    Maps,
    Ocr,
    Outlet,
    Paths,
    Published,
    ReadFormat,
    Url,
    Workers,
    parse_maps,
    with_ocr,
)


@guarded
def read(
    paths: Paths,
    *,
    format: Annotated[
        ReadFormat, typer.Option("--format", "-f", help="A table to read, JSON lines, or CSV.")
    ] = ReadFormat.TABLE,
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
    """Read reports and write their claims, each with its sources and the words that carry it."""
    from stemma.cli.consoles import on_screen, say
    from stemma.cli.progress import Run
    from stemma.cli.writers import find_writer
    from stemma.errors import RunEnded
    from stemma.model import Refusal
    from stemma.run import count_reports, read_paths
    from stemma.run.api import make_header
    from stemma.settings import Settings

    settings = with_ocr(Settings.from_environment(), ocr)
    settings = with_engine(
        settings, engine, llm_url, llm_model, llm_api, llm_price, llm_max_cost, llm_max_tokens, llm_rate,
        llm_timeout, llm_cache, replay,
    )  # fmt: skip
    header, mapping = make_header(outlet, published, url), parse_maps(map)

    def total() -> int | None:
        return count_reports(paths, settings, mapping=mapping, header=header)

    say_where_to(settings)
    # On a terminal the claims themselves show how far it is, and a bar would run through them.
    run = Run(bar=not on_screen(), total=total)
    writer = find_writer(format.value, lines=True)
    try:
        with run:
            for result in read_paths(paths, settings, mapping=mapping, header=header, workers=workers):
                if isinstance(result, Refusal):
                    run.refuse(result)
                else:
                    writer.write(result.coding)
                    run.took(len(result.claims))
    except KeyboardInterrupt:
        say(f"stopped: {run.summary()}")
        return Status.STOPPED
    except RunEnded as ended:
        writer.close()
        say(f"{ended.line()}")
        say(f"ended: {run.summary()}")
        return Status.ENDED
    writer.close()
    say(run.summary())
    say_spent(settings)
    return run.status
