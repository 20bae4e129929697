"""`stemma status`: what a casebook holds."""

from __future__ import annotations

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook


@guarded
def status(casebook: Casebook = None) -> Status:
    """Say what the casebook holds, and what was refused."""
    from dataclasses import asdict

    from stemma.cli.consoles import out_console, prepare_streams
    from stemma.cli.draw_summary import draw_summary
    from stemma.run.api import open_casebook
    from stemma.settings import Settings
    from stemma.show import Summary
    from stemma.store.options import shown

    prepare_streams()
    with open_casebook(casebook) as store:
        name = casebook or Settings.from_environment().store.casebook
        summary = Summary(casebook=shown(name), **asdict(store.tally()))
        draw_summary(out_console(), summary, list(store.refusals()))
    return Status.DONE
