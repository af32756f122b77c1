"""Which documents there are rules about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue import DOCUMENTS
from ..kinds.roots import document_of, is_doubtful
from .rules import AREAS

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ..element import Element


def has_rules(cls: type[Element]) -> bool:
    """Tell whether there are rules about the documents of a class: about none of a part of a document."""
    return cls.xml_name in AREAS and any(one.__name__ in DOCUMENTS for one in cls.__mro__)


def subject_of(root: _Element) -> type[Element] | None:
    """Return the class of a document that there are rules about, None for any other.

    With something strange in its root element, it may be anything: then, only its schema is asked.
    """
    cls = document_of(root)
    return cls if cls is not None and has_rules(cls) and not is_doubtful(root, cls) else None
