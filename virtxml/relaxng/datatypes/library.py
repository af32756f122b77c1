"""Find datatypes by library and name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from .base import Datatype, DatatypeError

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
"""The library of XML Schema's datatypes."""

_INTEGERS = (
    "integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger long int short byte unsignedLong"
    " unsignedInt unsignedShort unsignedByte"
)
_POINTS = "dateTime date time gYear gYearMonth gMonth gMonthDay gDay"
_CLASSES = {
    "string": "strings.String",
    "normalizedString": "strings.NormalizedString",
    "token": "strings.Token",
    **dict.fromkeys(("Name", "NCName", "NMTOKEN", "language", "ID", "IDREF"), "strings.Formed"),
    **dict.fromkeys(("NMTOKENS", "IDREFS"), "strings.Listed"),
    "anyURI": "strings.AnyURI",
    "hexBinary": "strings.HexBinary",
    "base64Binary": "strings.Base64Binary",
    **dict.fromkeys(_INTEGERS.split(), "numbers.Integer"),
    "decimal": "numbers.Decimal",
    **dict.fromkeys(("float", "double"), "numbers.Float"),
    "boolean": "numbers.Boolean",
    **dict.fromkeys(_POINTS.split(), "times.Point"),
    "duration": "times.Duration",
}


@cache
def datatype(library: str, name: str, params: tuple[tuple[str, str], ...] = ()) -> Datatype:
    """Return a datatype with parameters; equal ones are one object.

    Raises DatatypeError for a library or type that is not known, and for parameters that the type does not take. What
    depends on declarations elsewhere in a document (`QName`, `NOTATION`, `ENTITY`) is not known.
    """
    known = name in ("string", "token") and not params if not library else library == XSD and name in _CLASSES
    if not known:
        place = f"the datatype library {library}" if library else "RELAX NG's own datatypes"
        what = f'{place}: "{name}" with parameters' if params and not library else f'{place}: "{name}"'
        raise DatatypeError(f"not in {what}")
    module, _, cls = _CLASSES[name].partition(".")
    found: type[Datatype] = getattr(import_module(f".{module}", __package__), cls)
    return found(library, name, params)
