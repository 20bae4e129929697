"""Options of the engine that finds claims, for the commands that read reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from stemma.settings import Settings

PANEL: Final = "Engine"

Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="local (the default), llm, both, or a plug-in's.",
        rich_help_panel=PANEL,
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option("--llm-url", metavar="URL", help="The endpoint, as https://host/v1.", rich_help_panel=PANEL),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", metavar="NAME", help="The model's name there.", rich_help_panel=PANEL),
]
LlmApi = Annotated[
    str | None,
    typer.Option(
        "--llm-api", metavar="API", help="Its protocol: openai or anthropic.", rich_help_panel=PANEL
    ),
]
LlmPrice = Annotated[
    str | None,
    typer.Option(
        "--llm-price",
        metavar="IN/OUT",
        help="Money for a million tokens asked and answered.",
        rich_help_panel=PANEL,
    ),
]
LlmMaxCost = Annotated[
    float | None,
    typer.Option(
        "--llm-max-cost", min=0, metavar="MONEY", help="End before this is passed.", rich_help_panel=PANEL
    ),
]
LlmMaxTokens = Annotated[
    int | None,
    typer.Option(
        "--llm-max-tokens", min=0, metavar="N", help="End before this is passed.", rich_help_panel=PANEL
    ),
]
LlmRate = Annotated[
    float | None,
    typer.Option("--llm-rate", min=0, metavar="N", help="Requests a minute.", rich_help_panel=PANEL),
]
LlmTimeout = Annotated[
    float | None,
    typer.Option(
        "--llm-timeout", min=0.1, metavar="SECONDS", help="For one whole answer.", rich_help_panel=PANEL
    ),
]
LlmCache = Annotated[
    str | None,
    typer.Option("--llm-cache", metavar="FOLDER", help="Where answers are kept.", rich_help_panel=PANEL),
]
Replay = Annotated[
    bool,
    typer.Option("--replay", help="Only answers kept before: no network at all.", rich_help_panel=PANEL),
]


def with_engine(  # noqa: PLR0917 - the options of the commands, one by one
    settings: Settings,
    engine: str | None,
    url: str | None,
    model: str | None,
    api: str | None,
    price: str | None,
    max_cost: float | None,
    max_tokens: int | None,
    rate: float | None,
    timeout: float | None,
    cache: str | None,
    replay: bool,
) -> Settings:
    """The settings with the engine that the options name; raises `UsageError` for options that fit none."""
    from stemma.errors import UsageError

    price_in, price_out = parse_price(price)
    given = {
        "url": url,
        "model": model,
        "api": api,
        "price_in": price_in,
        "price_out": price_out,
        "max_cost": max_cost,
        "max_tokens": max_tokens,
        "rate": rate,
        "timeout": timeout,
        "cache": cache,
        "replay": replay or None,
    }
    given = {name: value for name, value in given.items() if value is not None}
    if given and engine not in ("llm", "both"):
        raise UsageError(
            "this is an option of the llm engine",
            where="--replay" if "replay" in given else f"--llm-{next(iter(given)).split('_in')[0]}",
            mend="add --engine llm",
        )
    extract = replace(settings.extract, llm=replace(settings.extract.llm, **given))  # type: ignore[arg-type]
    return replace(settings, extract=replace(extract, engine=engine or extract.engine))


def parse_price(price: str | None) -> tuple[float | None, float | None]:
    """`2.5/10` as two numbers; raises `UsageError`."""
    from stemma.errors import UsageError

    if price is None:
        return None, None
    try:
        numbers = [float(part) for part in price.split("/")]
        if len(numbers) != 2 or not all(0 <= number < 1e9 for number in numbers):
            raise ValueError
    except ValueError as error:
        raise UsageError(
            f"{price!r} is no price", where="--llm-price", mend="write it as 2.5/10: asked/answered"
        ) from error
    return numbers[0], numbers[1]


def say_where_to(settings: Settings) -> None:
    """One line on standard error where an engine gives the reports to somebody else."""
    from stemma.cli.consoles import say
    from stemma.run.engines import where_to

    if line := where_to(settings.extract):
        say(line)


def say_spent(settings: Settings) -> None:
    """One line on standard error: what a language model cost in this run."""
    from stemma.cli.consoles import say
    from stemma.run.engines import spent

    if line := spent(settings.extract):
        say(line)
