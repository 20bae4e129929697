"""View -> page, page -> judgement: the web desk. It reads views and writes judgements only.

Nothing heavy is imported here: `stemma --help` passes by this file.
"""

from __future__ import annotations

from stemma.desk.options import DeskOptions

__all__ = ["DeskOptions"]
