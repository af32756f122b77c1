"""Say where libvirt documents each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Names, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import ClassModel


def set_urls(models: Iterable[ClassModel], names: Names) -> None:
    """Set the address of each class's documentation, as `[urls]` in `names.toml` has it.

    Raises UndecidedError, with all that lack one, for classes that no entry is for.
    """
    missing = []
    for model in models:
        prefix = url_prefix(model.path, names.urls)
        if prefix is None:
            missing.append(f'no entry of [urls] in names.toml is for {model.name}: "{model.path}"')
        else:
            model.url = names.urls[prefix]
    if missing:
        raise UndecidedError("\n".join(missing))


def url_prefix(path: str, urls: Iterable[str]) -> str | None:
    """Return the longest of the paths that a path is or is below, None if there is none.

    A place is below its parent, and the variant of a union below the place of the union.
    """
    prefixes = [prefix for prefix in urls if path == prefix or path.startswith((f"{prefix}/", f"{prefix}["))]
    return max(prefixes, key=len, default=None)
