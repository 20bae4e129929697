"""The pages of the site, gathered under `build/pages`: `make site` then builds them with mkdocs.

The site asks nothing of any other machine: no fonts, scripts or pictures from elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
LINK: Final = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
FENCED: Final = re.compile(r"(^```.*?^```|`[^`\n]*`)", re.MULTILINE | re.DOTALL)

NAV: Final[list[Any]] = [
    {"Who says so?": "index.md"},
    {"Tutorial": "tutorial.md"},
    {
        "How to": [
            {"Researcher: from a folder to events": "howto/researcher.md"},
            {"Investigator: who says so": "howto/investigator.md"},
            {"Documenter: judging and dossier": "howto/documenter.md"},
            {"The desk": "desk.md"},
            {"Python and notebooks": "python.md"},
            {"Bad input": "bad-input.md"},
        ]
    },
    {"Codebook": "codebook.md"},
    {
        "Reference": [
            {"Commands": "commands.md"},
            {"All commands and options": "reference/commands.md"},
            {"Nouns": "reference/nouns.md"},
            {"Vocabulary": "reference/vocabulary.md"},
            {"Formats": "reference/formats.md"},
            {"Columns": "reference/columns.md"},
            {"Python": "reference/python.md"},
        ]
    },
    {
        "Files": [
            {"For events": "formats.md"},
            {"For graphs, maps, the web": "formats-graphs.md"},
            {"Wire form": "wire.md"},
        ]
    },
    {"Model card": "model-card.md"},
    {"Security": "security.md"},
    {"How to cite": "cite.md"},
]
"""The pages in their order; what is not named here stands under “How it works”."""

ELSEWHERE: Final = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changes.md",
    "bench/RESULTS.md": "results.md",
    "examples/README.md": "examples.md",
}
"""Pages that do not lie in `docs`, and where the site has them."""


def main() -> int:
    """Gathers the pages and writes the configuration with its navigation; gives the exit status."""
    sys.path.insert(0, str(Path(__file__).parent))
    from reference import reference_pages

    pages = ROOT / "build" / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    places = page_places(ROOT)
    for source, place in places.items():
        path = pages / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if source.endswith(".md"):
            path.write_text(relinked((ROOT / source).read_text("utf-8"), source, places), "utf-8")
        else:
            shutil.copyfile(ROOT / source, path)
    made = {**reference_pages(), "tutorial.md": tutorial(run="--run" in sys.argv), "cite.md": cite(ROOT)}
    if "docs/security.md" not in places:
        made["security.md"] = SECURITY
    for place, text in made.items():
        (pages / place).parent.mkdir(parents=True, exist_ok=True)
        (pages / place).write_text(text, "utf-8")
    config = {
        "INHERIT": "../mkdocs.yml",
        "docs_dir": "pages",
        "site_dir": "../site",
        "nav": navigation(sorted({*places.values(), *made})),
    }
    (ROOT / "build" / "mkdocs.yml").write_text(json.dumps(config, indent=1), "utf-8")
    return 0


SECURITY: Final = """# Security

Reports are hostile text: sizes are capped before anything is parsed, no address in a report is fetched,
control characters do not reach the terminal, no cell of a CSV starts a formula, and no word of a report
becomes markup. See [bad input](bad-input.md), [the desk](desk.md), [architecture](architecture.md).
"""


def page_places(root: Path) -> dict[str, str]:
    """Each file of the site (its path in the repository) and its place within the site."""
    docs = root / "docs"
    found = [
        *docs.glob("*.md"),
        *docs.glob("howto/*.md"),
        *docs.glob("desk/*.png"),
        *docs.glob("schema/*.json"),
    ]
    places = {path.relative_to(root).as_posix(): path.relative_to(docs).as_posix() for path in sorted(found)}
    return places | {source: place for source, place in ELSEWHERE.items() if (root / source).is_file()}


def relinked(text: str, source: str, places: dict[str, str]) -> str:
    """The page with links that hold within the site; a link to what the site has not becomes its words."""
    here = PurePosixPath(source).parent
    own = PurePosixPath(places[source]).parent
    known = {**places, "docs/tutorial.ipynb": "tutorial.md"}

    def change(found: re.Match[str]) -> str:
        mark, words, target = found.groups()
        path, sign, anchor = target.partition("#")
        if not path or re.match(r"[a-z]+:", target):
            return found[0]
        place = known.get(os.path.normpath(here / path))
        if place is None:
            return words
        return f"{mark}[{words}]({os.path.relpath(place, own)}{sign}{anchor})"

    parts = FENCED.split(text)
    # A link's words may be code, so that only whole blocks are left alone.
    return "".join(part if part.startswith("```") else LINK.sub(change, part) for part in _joined(parts))


def _joined(parts: list[str]) -> Iterator[str]:
    """Blocks of code alone, all between them as one."""
    held = ""
    for part in parts:
        if part.startswith("```"):
            yield held
            yield part
            held = ""
        else:
            held += part
    yield held


def navigation(pages: list[str]) -> list[Any]:
    """`NAV`, and the pages that it does not name under “How it works”."""
    named = set(re.findall(r'"([a-z/-]+\.md)"', json.dumps(NAV)))
    rest = [page for page in pages if page.endswith(".md") and page not in named]
    return [*NAV[:-3], {"How it works": rest}, *NAV[-3:]]


def tutorial(*, run: bool) -> str:
    """The notebook as a page; with `run` it is run first, and the answers stand below the code."""
    import nbformat

    notebook = nbformat.read(ROOT / "docs" / "tutorial.ipynb", as_version=4)
    if run:
        from nbclient import NotebookClient

        place = {"metadata": {"path": str(ROOT)}}
        notebook = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    parts = []
    for one in notebook.cells:
        if one.cell_type == "markdown":
            parts.append(one.source)
            continue
        parts.append(f"```python\n{one.source}\n```")
        for output in one.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:
                # An empty line would end the block of HTML and make the rest Markdown.
                markup = re.sub(r"\n\s*\n+", "\n", data["text/html"])
                parts.append(f'<div class="answer">{markup}</div>')
            elif "text/plain" in data:
                parts.append(f"```text\n{data['text/plain']}\n```")
    return "\n\n".join(parts) + "\n"


def cite(root: Path) -> str:
    """How to cite, from CITATION.cff."""
    given = (root / "CITATION.cff").read_text("utf-8")
    return (
        "# How to cite\n\nName the version that made your data (`stemma --version`), and the weights "
        "(`engine_version` in every coding): another version may find other claims.\n\n"
        f"```yaml\n{given}```\n"
    )


if __name__ == "__main__":
    sys.exit(main())
