"""`stemma gazetteer`: places of your own beside those that come with the program."""

from __future__ import annotations

from typing import Annotated

import typer

from stemma.cli.guard import Status, guarded

gazetteer = typer.Typer(
    name="gazetteer",
    help="Places of your own: load a whole country with its villages, see what is loaded, take it out.",
    no_args_is_help=True,
)


@gazetteer.command()
@guarded
def add(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="GeoNames country files (zip, txt); Who's On First CSV or GeoJSON."
        ),
    ],
) -> Status:
    """Add files of places; a file is taken wholly or not at all."""
    from pathlib import Path

    from stemma.cli.consoles import prepare_streams, say
    from stemma.lexicon.gazetteer import GazetteerError, gazetteer_path
    from stemma.lexicon.gazetteer_store import add_file

    prepare_streams()
    status = Status.DONE
    for file in files:
        try:
            places, known = add_file(Path(file), gazetteer_path())
        except (GazetteerError, OSError) as error:
            line = error.line() if isinstance(error, GazetteerError) else f"{file}: {error.strerror or error}"
            say(f"stemma: {line}")
            status = Status.SOME_REFUSED
            continue
        print(f"{'known' if known else 'added'}: {Path(file).name}, {places:,} places", flush=True)
    return status


@gazetteer.command("status")
@guarded
def tell() -> Status:
    """Say where the gazetteer lies, and which files are in it."""
    from stemma.cli.consoles import prepare_streams
    from stemma.cli.harmless import harmless
    from stemma.lexicon.gazetteer import gazetteer_path, list_files
    from stemma.lexicon.places import shipped_size

    prepare_streams()
    towns, units, credit = shipped_size()
    print(f"with the program: {towns:,} places, {units:,} units. {credit}")
    path = gazetteer_path()
    if not path.is_file():
        print(f"your own: none ({path})")
        return Status.DONE
    print(f"your own: {path}")
    for name, form, places in list_files(path):
        print(f"  {harmless(name)}: {places:,} places ({form})")
    return Status.DONE


@gazetteer.command()
@guarded
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Names of files as `status` lists them.")
    ],
) -> Status:
    """Take files of places out again."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.lexicon.gazetteer import GazetteerError, gazetteer_path
    from stemma.lexicon.gazetteer_store import remove_file

    prepare_streams()
    status = Status.DONE
    for name in names:
        try:
            places = remove_file(name, gazetteer_path())
        except GazetteerError as error:
            say(f"stemma: {error.line()}")
            status = Status.SOME_REFUSED
            continue
        print(f"removed: {name}, {places:,} places", flush=True)
    return status
