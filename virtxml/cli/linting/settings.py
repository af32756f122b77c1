"""What a project says of how its documents are to be judged: `[tool.virtxml]` in pyproject.toml, or virtxml.toml.

The file is looked for in the working directory and above it. Options of the command line win.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.diagnostics.diagnostic import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.diagnostics.diagnostic import Severity

OWN, SHARED = "virtxml.toml", "pyproject.toml"


class Settings(NamedTuple):
    """What a project says; None for what it says nothing of.

    Attributes:
        file: the name of the file, to be shown; "" if there is none.
        directory: where the file is, which names of files below are relative to.
        libvirt: the release of libvirt, or a system.
        arch: the architecture of guests that name none.
        machine: the machine of guests that name none.
        select: which rules run.
        ignore: which findings nobody wants.
        fail_on: the least severity that fails.
        per_file_ignores: which findings nobody wants in which files, by patterns of their names.
    """

    file: str = ""
    directory: str = ""
    libvirt: str | None = None
    arch: str | None = None
    machine: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: Severity | None = None
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def ignored_in(self, name: str) -> tuple[str, ...]:
        """Return which findings nobody wants in a file."""
        if not self.per_file_ignores:
            return ()
        path = os.path.relpath(name, self.directory).replace(os.sep, "/")
        return tuple(one for glob, names in self.per_file_ignores if _matches(glob, path) for one in names)


def _matches(glob: str, path: str) -> bool:
    """Tell whether a path is one that a pattern is for; one without a slash is for names, wherever files are."""
    if "/" not in glob:
        path = path.rpartition("/")[2]
    return re.fullmatch(_pattern(glob.removeprefix("./")), path, re.DOTALL) is not None


def _pattern(glob: str) -> str:
    r"""Return a pattern as a regular expression: `*` is in a name, `**` leads into directories as well.

    A directory, which ends in a slash, stands for all that is in it.
    """
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", f"{glob}**" if glob.endswith("/") else glob)
    return "".join(words.get(part) or re.escape(part) for part in parts)


def find_settings(file: str | None, *, isolated: bool = False) -> Settings:
    """Return what a file says, by default the nearest one; nothing if ``isolated``.

    Raises ValueError, which names the file, for what is no setting, and for what it cannot be.
    """
    if isolated:
        return Settings()
    if file is not None:
        shared = os.path.basename(file) == SHARED  # noqa: PTH119 - pathlib takes long to load
        found = _read(file, shared)
        if found is None:
            raise ValueError(f"{file}: there is no [tool.virtxml]")
        return found
    directory = os.getcwd()  # noqa: PTH109
    while True:
        for name in (OWN, SHARED):
            path = os.path.join(directory, name)  # noqa: PTH118
            if os.path.isfile(path):  # noqa: PTH113
                found = _read(path, name == SHARED)
                if found is not None:
                    return found
        above = os.path.dirname(directory)  # noqa: PTH120
        if above == directory:
            return Settings()
        directory = above


def _read(path: str, shared: bool) -> Settings | None:
    """Read a file; None if it belongs to others, and says nothing of us."""
    shown = os.path.relpath(path)
    try:
        with open(path, "rb") as opened:
            source = opened.read()
    except OSError as error:
        raise ValueError(f"{shown}: {error.strerror}") from None
    if shared and b"virtxml" not in source:
        return None
    table: object = _table(shown, source)
    for name in ("tool", "virtxml") if shared else ():
        table = table.get(name) if isinstance(table, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ValueError(f"{shown}: tool.virtxml is no table")
    try:
        directory = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
        return Settings(shown, directory, **_settings(table))
    except ValueError as error:
        raise ValueError(f"{shown}: {error}") from None


def _table(shown: str, source: bytes) -> dict[str, Any]:
    try:
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib
    except ModuleNotFoundError:
        advice = 'pip install "virtxml[toml]", or --isolated'
        raise ValueError(f"{shown}: reading it takes Python 3.11, or the package tomli: {advice}") from None
    try:
        table: dict[str, Any] = tomllib.loads(source.decode())
    except ValueError as error:
        said = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise ValueError(f"{shown}: {said}") from None
    return table


def _settings(table: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a table. Raises ValueError for what is none."""
    found = {}
    for key, value in table.items():
        if key not in _READERS:
            from virtxml.diagnostics.display import shortened
            from virtxml.diagnostics.suggest import did_you_mean, nearest

            near = nearest(key, _READERS, 1) or tuple(_READERS)
            hint = did_you_mean(*(f'"{name}"' for name in near)) if len(near) == 1 else f"only {', '.join(near)}"
            raise ValueError(f'there is no setting "{shortened(key)}": {hint}')
        try:
            found[key.replace("-", "_")] = _READERS[key](value)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None
    return found


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("not a text in quotes")
    return value


def _release(value: object) -> str:
    from virtxml.releases import choose

    name = _text(value)
    choose(name)
    return name


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError('not a list of names: ["duplicate-disk-target", "VX7"]')
    from virtxml.lint import check

    check(value)
    return tuple(value)


def _severity(value: object) -> Severity:
    for severity in SEVERITIES:
        if severity == value:
            return severity
    raise ValueError(f"not one of {', '.join(SEVERITIES)}")


def _files(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError('not a table of lists: "lab/**" = ["duplicate-disk-target"]')
    return tuple((glob, _names(names)) for glob, names in value.items())


_READERS: dict[str, Callable[[object], object]] = {
    "libvirt": _release,
    "arch": _text,
    "machine": _text,
    "select": _names,
    "ignore": _names,
    "fail-on": _severity,
    "per-file-ignores": _files,
}
"""What reads the value of each setting."""
