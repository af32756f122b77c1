"""The editor that somebody wants, and opening a file in it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WANTED = ("VIRTXML_EDITOR", "VISUAL", "EDITOR")
_USUAL = ("sensible-editor", "editor", "vi", "nano")
_INSIDE = "VIRTXML_EDITOR_RUNS"
"""The variable that tells the command that it was started by an editor that it has started itself."""


class EditorError(Exception):
    """There is no editor."""


def chosen_editor(environment: Mapping[str, str] = os.environ) -> str:
    """Return the command of the editor, for a shell; never one that leads back here.

    Raises EditorError if there is none.
    """
    inside = _INSIDE in environment
    for variable in () if inside else _WANTED:
        command = environment.get(variable, "").strip()
        if command and not is_this_command(command):
            return command
    # The first two may do what the variables say, and so lead back again.
    found = next((name for name in _USUAL[2 if inside else 0 :] if shutil.which(name)), None)
    if found is None:
        raise EditorError(f"there is no editor: name one in {_WANTED[0]}")
    return found


def is_this_command(command: str) -> bool:
    """Tell whether a command is `virtxml editor`, however it is started."""
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    programs = (word.rpartition("/")[2].partition(".")[0] for word in words)
    return "editor" in words and "virtxml" in programs


def open_in(editor: str, path: Path) -> str | None:
    """Open a file in an editor, and wait for its end; return why it failed, None if it did not."""
    import signal

    ours = [name for name in _WANTED if is_this_command(os.environ.get(name, ""))]
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment[_INSIDE] = "1"
    # What is typed is meant for the editor. Signals that are ignored would be so there, too.
    before = {number: signal.signal(number, _do_nothing) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        status = subprocess.call(["sh", "-c", f'{editor} "$@"', editor, str(path)], env=environment)
    except OSError as error:
        return f"{editor} cannot be started: {error.strerror}"
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not path.exists():
        return f"{editor} has removed the file"
    if status:
        return f"{editor} failed with status {status}" if status > 0 else f"{editor} was ended by signal {-status}"
    return None


def _do_nothing(_number: int, _frame: object) -> None:
    """Let a signal pass."""
