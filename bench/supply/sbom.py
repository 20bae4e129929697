"""A list of all that the program is made of, as CycloneDX 1.6 (JSON), from the locks; needs no network.

    .venv/bin/python bench/supply/sbom.py > sbom.json

What is always installed stands in `requirements.lock.txt`; what an extra brings stands in the other locks and
is marked `optional`, with the names of the extras. One component a pin: name, version, package URL, licence,
marker, the SHA-256 of each file that may be installed, and what it needs itself. The same locks and the same
environment give the same bytes: no time and no random number stand in it. By hand, since a lock has no more
than this and the ready generator brings 20 packages.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any, Final

from licences import ELSEWHERE, ROOT, licence_of
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from stemma.version import __version__

ALWAYS: Final = "requirements.lock.txt"
WITH_EXTRAS: Final = ("requirements-dev.lock.txt", "requirements-spark.lock.txt")
OURS: Final = "stemma-record"

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?:\s*;\s*(.*?))?\s*\\?$")


def components(lock: str) -> list[dict[str, Any]]:
    """The components of a lock's text, in its order."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        pin = _PIN.match(line)
        if pin:
            found.append(_component(pin[1], pin[2], pin[3]))
        elif found and (digest := _HASH.search(line)):
            # A component has one hash of each kind in the schema: the files are told as distributions.
            found[-1]["externalReferences"].append({
                "type": "distribution",
                "url": found[-1]["purl"],
                "hashes": [{"alg": "SHA-256", "content": digest[1]}],
            })  # fmt: skip
    return found


def _component(name: str, version: str, marker: str | None) -> dict[str, Any]:
    purl = f"pkg:pypi/{name.lower()}@{version}"
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "scope": "required",
        "purl": purl,
        "externalReferences": [],
    }
    try:
        licence = licence_of(name)
    except metadata.PackageNotFoundError:
        licence = ELSEWHERE.get(name)
    if licence:
        # `BSD` alone is no identifier: which of its texts is meant, the package does not say.
        named = licence == "BSD"
        made["licenses"] = [{"license": {"name": licence}} if named else {"expression": licence}]
    if marker:
        made["properties"] = [{"name": "stemma:marker", "value": marker}]
    return made


def needs_of(package: str) -> dict[str, set[str]]:
    """The packages that an installed one needs itself, by the extra that brings them ("" for all).

    Empty for one that is not installed here. Markers of the platform are not asked: the locks are for all.
    """
    try:
        asked = metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return {}
    found: dict[str, set[str]] = {}
    for line in asked:
        requirement = Requirement(line)
        extras = re.findall(r"extra == ['\"]([\w.-]+)['\"]", str(requirement.marker or ""))
        for extra in extras or [""]:
            found.setdefault(extra, set()).add(canonicalize_name(requirement.name))
    return found


def brought_by(extras: Mapping[str, Iterable[str]], pinned: Mapping[str, Any]) -> dict[str, list[str]]:
    """Each pinned package that extras bring, directly or not, with the names of those extras."""
    found: dict[str, list[str]] = {}
    for extra in sorted(extras):
        open_, seen = list(extras[extra]), set()
        while open_:
            name = open_.pop()
            if name in seen or name not in pinned:
                continue
            seen.add(name)
            open_ += needs_of(name).get("", ())
        # An extra of an extra (`psycopg[binary]`) is a package of its own whose name begins alike.
        for name in sorted(seen | {one for one in pinned if any(one == f"{own}-binary" for own in seen)}):
            found.setdefault(name, []).append(extra)
    return found


def bill(always: str, with_extras: Iterable[str] = ()) -> dict[str, Any]:
    """The whole list as an object, from the text of the lock of what runs and of those with the extras."""
    required = components(always)
    names = {canonicalize_name(one["name"]) for one in required}
    others: dict[str, list[dict[str, Any]]] = {}
    for lock in with_extras:
        for one in components(lock):
            same = others.setdefault(canonicalize_name(one["name"]), [])
            if all(one["bom-ref"] != known["bom-ref"] for known in same):
                same.append(one)
    ours = needs_of(OURS)
    extras = {extra: needed for extra, needed in ours.items() if extra}
    optional = brought_by(extras, others)
    found = list(required)
    for name, by in sorted(optional.items()):
        if name in names:
            continue
        for one in others[name]:
            told = [{"name": "stemma:extra", "value": extra} for extra in by]
            found.append(one | {"scope": "optional", "properties": [*one.get("properties", []), *told]})
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, always + ''.join(with_extras))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OURS,
                "name": OURS,
                "version": __version__,
                "purl": f"pkg:pypi/{OURS}@{__version__}",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": found,
        "dependencies": _dependencies(found, set().union(*ours.values()) if ours else set()),
    }


def _dependencies(found: list[dict[str, Any]], ours: set[str]) -> list[dict[str, Any]]:
    """What each component needs itself, of those in the list."""
    references: dict[str, list[str]] = {}
    for one in found:
        references.setdefault(canonicalize_name(one["name"]), []).append(one["bom-ref"])

    def listed(needed: Iterable[str]) -> list[str]:
        return sorted(ref for name in needed for ref in references.get(name, ()))

    told = [{"ref": OURS, "dependsOn": listed(ours)}]
    for one in found:
        needed = needs_of(one["name"]).get("", set()) - {canonicalize_name(one["name"])}
        told.append({"ref": one["bom-ref"], "dependsOn": listed(needed)})
    return told


if __name__ == "__main__":
    texts = [(ROOT / name).read_text("utf-8") for name in (ALWAYS, *WITH_EXTRAS) if (ROOT / name).exists()]
    made = bill(texts[0], texts[1:])
    print(json.dumps(made, indent=1, ensure_ascii=False))
    unsaid = [one["name"] for one in made["components"] if "licenses" not in one]
    extra = sum(one["scope"] == "optional" for one in made["components"])
    print(
        f"sbom: {len(made['components'])} components, {extra} of them by extras"
        + (f"; no licence is known of {', '.join(unsaid)}" if unsaid else ""),
        file=sys.stderr,
    )
