"""Random documents, for tests of programs that work with libvirt's XML.

This needs hypothesis, which virtxml itself does not:

from hypothesis import given
from virtxml.testing import documents

@given(documents("domain"))
def test_my_program_reads_any_domain(text):
    ...
"""

from __future__ import annotations

from .documents import documents

__all__ = ["documents"]
