"""Random documents, for tests of programs that work with libvirt's XML.

This needs hypothesis, which virtxml itself does not: `pip install 'virtxml[testing]'`.

    from hypothesis import given
    from virtxml.testing import documents

    @given(documents("domain"))
    def test_my_program_reads_any_domain(text):
        ...
"""

from __future__ import annotations

try:
    import hypothesis as _  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("virtxml.testing needs hypothesis: pip install 'virtxml[testing]'") from error

from .documents import documents
from .mutants import MISTAKES, Mutant, mutants

__all__ = ["MISTAKES", "Mutant", "documents", "mutants"]
