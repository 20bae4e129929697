"""Run by tests as a process of its own: adds reports and says so after each.

    python adder.py CASEBOOK COUNT ID_PREFIX [SHARED_ID_PREFIX]

Prints an id once `add` of it has returned. With a shared prefix, every second report has an id that
another process adds as well.
"""

from __future__ import annotations

import sys

import making

from stemma.model import Claim, ClaimType, Entity, EntityKind, Role
from stemma.store import StoreOptions, open_casebook

ENTITIES = tuple(Entity(id=f"e{n}", kind=EntityKind.GROUP, names=(f"Group {n}",)) for n in range(8))


def main(casebook: str, count: int, prefixes: list[str]) -> None:
    with open_casebook(StoreOptions(casebook), create=True) as store:
        for number in range(count):
            report = f"{prefixes[number % len(prefixes)]}{number:06d}"
            claims = tuple(
                Claim(
                    id=f"c{n}",
                    type=ClaimType.ASSAULT,
                    evidence=f"Group {n} shelled the village of {report}",
                    trigger="shelled",
                    roles={Role.ACTOR: (f"e{n}",)},
                )
                for n in range(8)
            )
            store.add(*making.bundle(report, entities=ENTITIES, claims=claims), "u1")
            print(report, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
