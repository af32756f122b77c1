"""Write the pages of the rules: `python -m codegen.rules [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from virtxml.lint import pages

DIRECTORY = Path(__file__).resolve().parents[1] / "docs" / "rules"


def wanted() -> dict[str, str]:
    """Return what each page has to say, by the name of its file."""
    return {"README.md": pages.index(), **{f"{rule.name}.md": pages.page(rule) for rule in pages.rules()}}


def stale() -> list[str]:
    """Return the names of pages that are not what they have to be, or that nothing wants any more."""
    found = {path.name: path.read_text() for path in DIRECTORY.glob("*.md")}
    texts = wanted()
    return sorted(name for name in found.keys() | texts.keys() if found.get(name) != texts.get(name))


def main(arguments: list[str]) -> int:
    """Write all pages, or tell which are not as they have to be; return the exit status."""
    names = stale()
    if "--check" in arguments:
        for name in names:
            print(f"docs/rules/{name}: not what `make regenerate` writes")
        return 1 if names else 0
    texts = wanted()
    DIRECTORY.mkdir(exist_ok=True)
    for name in names:
        if name in texts:
            (DIRECTORY / name).write_text(texts[name])
        else:
            (DIRECTORY / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
