"""Datatypes: which texts are values of a type, and which of them are equal.

RELAX NG has two of its own, `string` and `token`; the others are those of XML Schema (part 2). Modules of types are
imported when a schema names one of theirs.
"""

from __future__ import annotations

from .base import BOUNDS, Datatype, DatatypeError
from .library import XSD, datatype

__all__ = ["BOUNDS", "XSD", "Datatype", "DatatypeError", "datatype"]
