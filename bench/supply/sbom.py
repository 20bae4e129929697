"""A list of all that the program is made of, as CycloneDX 1.6 (JSON), from the lock; needs no network.

    .venv/bin/python bench/supply/sbom.py [requirements.lock.txt] > sbom.json

One component a pin: name, version, package URL, marker, and the SHA-256 of each file that may be installed.
The same lock gives the same bytes: no time and no random number stand in it. By hand, since the lock has no
more than this and the ready generator brings 20 packages.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from licences import ROOT, licence_of

from stemma.version import __version__

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
        "purl": purl,
        "externalReferences": [],
    }
    try:
        licence = licence_of(name)
    except metadata.PackageNotFoundError:
        licence = None
    if licence:
        # `BSD` alone is no identifier: which of its texts is meant, the package does not say.
        named = licence == "BSD"
        made["licenses"] = [{"license": {"name": licence}} if named else {"expression": licence}]
    if marker:
        made["properties"] = [{"name": "stemma:marker", "value": marker}]
    return made


def bill(lock: str) -> dict[str, Any]:
    """The whole list as an object."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "stemma-record",
                "name": "stemma-record",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components(lock),
    }


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements.lock.txt"
    print(json.dumps(bill(path.read_text("utf-8")), indent=1, ensure_ascii=False))
