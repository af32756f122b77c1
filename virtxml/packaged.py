"""What comes with the package: its version, and its files, which may be in a zip or a program that was frozen."""

from __future__ import annotations

__version__ = "0.1.0"

_HERE = __file__.rpartition("packaged")[0]


def read_packaged(name: str) -> str:
    """Return the text of a file that is in this package, or below it: "schema/grammars/12.8.0.json".

    Raises OSError if it is not there.
    """
    spec = __spec__
    get_data = getattr(spec and spec.loader, "get_data", None)
    if get_data is not None:
        # For files and zips alike. To import importlib.resources takes as long as to validate a document.
        data: bytes = get_data(_HERE + name)
        return data.decode()
    from importlib.resources import files

    return files(__package__ or "").joinpath(name).read_text("utf-8")
