"""What xsdata keeps about classes and fields, without the many details that mean nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xsdata.formats.dataclass.models.elements import XmlMeta, XmlVar

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA = "extra"
"""The attribute of an object that holds what belongs to no field."""
EXTRA_LISTS = ("order", "siblings")
"""The lists of texts that unknown content has."""
EXTRA_TEXTS = ("before", "after")
"""The texts that it has."""

DETAILS: dict[str, Any] = {
    "index": 0,
    "wrapper": None,
    "types": (),
    "clazz": None,
    "init": True,
    "mixed": False,
    "factory": None,
    "tokens_factory": None,
    "format": None,
    "any_type": False,
    "process_contents": "skip",
    "required": False,
    "nillable": False,
    "sequence": None,
    "default": None,
    "namespaces": (),
    "elements": {},
    "wildcards": (),
}
"""What is said of a field that is none of the kinds that xsdata knows."""


def variable(name: str, xml_type: str, **details: Any) -> XmlVar:
    """Return xsdata's description of a field, or of something that it shall take for one."""
    found: dict[str, Any] = DETAILS | {"local_name": name} | details
    return XmlVar(name=name, xml_type=xml_type, **found)


class Meta(XmlMeta):
    """xsdata's description of a class, or of something that it shall take for one: by default, nothing may be in it."""

    __slots__ = ()

    def __init__(
        self,
        clazz: Any,
        qname: str,
        *,
        text: XmlVar | None = None,
        wildcards: Sequence[XmlVar] = (),
        any_attributes: Sequence[XmlVar] = (),
        nillable: bool = False,
    ) -> None:
        super().__init__(
            clazz=clazz,
            qname=qname,
            target_qname=None,
            nillable=nillable,
            text=text,
            choices=(),
            elements={},
            wildcards=wildcards,
            attributes={},
            any_attributes=any_attributes,
            wrappers={},
        )
