"""What is followed and what is asked of it: one small JSON file that a person can edit."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from stemma.errors import UsageError
from stemma.store.options import is_address

FILE: Final = "watch.json"
ENDING: Final = ".watch"


class Strict(BaseModel):
    """A part of the file; a word that is not known is a fault and no silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Followed(Strict):
    """A feed or sitemap by its `address`, or a folder by its path.

    `outlet` goes before what its pages say, `interval` (seconds) before that of the run.
    """

    address: str
    outlet: str | None = None
    interval: float | None = None

    @property
    def is_folder(self) -> bool:
        """True for a folder of this machine."""
        return "://" not in self.address


class SavedQuery(Strict):
    """A question asked after every round that brought something: filters as the commands have them.

    `mail` is a folder for EML files, `mail_to` who is mailed (the environment names the server), `atom`
    a file, `webhook` an address; what is null is not written.
    """

    name: str
    filters: dict[str, Any]
    mail: str | None = None
    atom: str | None = None
    webhook: str | None = None
    mail_to: tuple[str, ...] = ()


class Subscriptions(Strict):
    """All that is followed, and the saved queries."""

    follows: tuple[Followed, ...] = ()
    queries: tuple[SavedQuery, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The folder beside the casebook that holds subscriptions, state, pages and alerts."""

    folder: Path
    file: Path = field(init=False)
    state: Path = field(init=False)
    pages: Path = field(init=False)
    alerts: Path = field(init=False)

    def __post_init__(self) -> None:
        for name, path in (
            ("file", FILE),
            ("state", "state.sqlite"),
            ("pages", "pages"),
            ("alerts", "alerts"),
        ):
            object.__setattr__(self, name, self.folder / path)


def place_beside(casebook: str, folder: str | None = None) -> Place:
    """Where the files of a casebook's feeds are; raises `UsageError` where nobody says."""
    if folder:
        return Place(Path(folder))
    if is_address(casebook):
        raise UsageError(
            "a casebook in a database has no folder beside it",
            where="--folder",
            mend="say where to keep files",
        )
    return Place(Path(casebook + ENDING))


def load_subscriptions(place: Place) -> Subscriptions:
    """What is followed; nothing where there is no file yet. Raises `UsageError` for a damaged file."""
    try:
        text = place.file.read_text("utf-8")
    except FileNotFoundError:
        return Subscriptions()
    try:
        return Subscriptions.model_validate_json(text)
    except (ValidationError, ValueError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        where = ".".join(str(part) for part in first["loc"]) if first else ""
        said = f"{where}: {first['msg']}" if first else str(error)
        raise UsageError(
            f"it cannot be read ({said})", where=str(place.file), mend="mend it by hand"
        ) from error


def save_subscriptions(place: Place, subscriptions: Subscriptions) -> None:
    """Writes the file anew; a stop in between leaves the old one."""
    place.folder.mkdir(parents=True, exist_ok=True)
    wire = subscriptions.model_dump(exclude_none=True)
    write_whole(place.file, json.dumps(wire, ensure_ascii=False, indent=1) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Writes a file under another name and renames it: no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)  # noqa: PTH105 - the same call, one import less


def with_addresses(
    subscriptions: Subscriptions, addresses: Sequence[str], outlet: str | None = None
) -> Subscriptions:
    """The same and these feeds and folders besides; one that is followed already keeps its place.

    Raises `UsageError` for what is neither an address of the web nor a folder. Nothing is fetched.
    """
    follows = {one.address: one for one in subscriptions.follows}
    for address in addresses:
        checked = check_followed(address)
        if outlet or checked not in follows:
            follows[checked] = Followed(address=checked, outlet=outlet)
    return subscriptions.model_copy(update={"follows": tuple(follows.values())})


def check_followed(address: str) -> str:
    """The address, or the folder's whole path; raises `UsageError` for what is neither."""
    scheme, sign, rest = address.partition("://")
    if sign:
        if scheme.lower() not in ("http", "https") or not rest or any(c.isspace() for c in address):
            mend = "write it as https://host/feed"
            raise UsageError("this is no address of the web", where=address[:80], mend=mend)
        return address
    if not Path(address).is_dir():
        mend = "give the address of a feed (https://…) or a folder"
        raise UsageError("there is no such folder", where=address[:80], mend=mend)
    return str(Path(address).resolve())


def check_webhook(address: str) -> str:
    """The address of a webhook; raises `UsageError` for what is none."""
    if not address.startswith(("http://", "https://")) or any(c.isspace() for c in address):
        raise UsageError("this is no address of the web", where="--webhook", mend="write https://host/path")
    return address


def read_list(file: str) -> list[str]:
    """The addresses of a list file: one a line, `#` begins a remark; raises `UsageError`."""
    try:
        lines = Path(file).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("the list cannot be read", where=file, mend="give a text file in UTF-8") from error
    bare = (line.partition(" #")[0].strip() for line in lines)
    return [line for line in bare if line and not line.startswith("#")]
