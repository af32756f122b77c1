"""Editors that do what a test says, one step each time that they are opened."""

from __future__ import annotations

import sys
from pathlib import Path

_SCRIPT = """import pathlib, sys
steps = {steps!r}
here = pathlib.Path(__file__)
count = here.with_suffix(".count")
number = int(count.read_text()) if count.exists() else 0
count.write_text(str(number + 1))
path = pathlib.Path(sys.argv[-1])
text = path.read_bytes()
here.with_suffix(f".{{number}}").write_bytes(text)
old, new = steps[number] if number < len(steps) else ("", "")
if old == "exit":
    path.write_bytes(text + new.encode())
    sys.exit(3)
path.write_bytes(text.replace(old.encode(), new.encode()) if old else text)
"""


def scripted(directory: Path, *steps: tuple[str, str]) -> str:
    """Return the command of an editor that replaces one text by another each time, and nothing afterwards.

    `("exit", text)` adds a text and fails.
    """
    path = directory / "scripted.py"
    path.write_text(_SCRIPT.format(steps=steps))
    return f"{sys.executable} {path}"


def seen(directory: Path) -> list[str]:
    """Return what the editor was shown each time."""
    found = sorted(directory.glob("scripted.[0-9]*"), key=lambda path: int(path.suffix[1:]))
    return [path.read_text(encoding="latin-1") for path in found]
