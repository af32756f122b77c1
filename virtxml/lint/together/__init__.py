"""Lint several documents together: what they cannot have both, and what one names that none defines.

`run` asks the rules of `virtxml.lint.rules.together`; `documents.py` is what those look at, `declaring.py` how they
are declared, `running.py` how their findings come to stand in files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...diagnostics.diagnostic import Diagnostic
    from ..linting import Linter

__all__ = ["run"]


def run(documents: Iterable[tuple[str, str | bytes]], linter: Linter) -> dict[str, list[Diagnostic]]:
    """Return what is wrong with documents together, by the names of the files that it is to be said of.

    Args:
        documents: the name of each file, in whatever form, and its text. A text may hold several documents, or one of
            libvirt's status files. What cannot be read, or is no document of libvirt, is left out.
        linter: says where the documents are to be used, and which rules are wanted.

    A finding is about the later one of two documents; `Diagnostic.related` names the file and the line of the other.
    Files without findings are not in the result. Takes linear time.
    """
    from .running import found_in

    return found_in(documents, linter)
