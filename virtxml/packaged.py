"""Files that come with the package, which may be in a zip or a program that was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def read_packaged(package: ModuleType, name: str) -> str:
    """Return the text of a file that is in a package, or below it: "grammars/12.8.0.json".

    Raises OSError if it is not there.
    """
    loader = getattr(package.__spec__, "loader", None)
    get_data = getattr(loader, "get_data", None)
    if get_data is not None:
        # For files and zips alike. To import importlib.resources takes as long as to validate a document.
        data: bytes = get_data(f"{package.__path__[0]}/{name}")
        return data.decode()
    from importlib.resources import files

    return files(package).joinpath(name).read_text("utf-8")
