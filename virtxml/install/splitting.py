"""virt-install's option strings: `path=/a,b.c=d` to keys and values."""

from __future__ import annotations


def split(text: str) -> list[tuple[str, str | None]]:
    """Split an option string at its commas, each token at its first "=".

    Quotes and backslashes work as in a shell. Empty tokens are dropped. Raises ValueError if a quotation does not end.
    """
    raise NotImplementedError
