"""A mistake in a document as the grammar sees it: data, from which others make messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Generic

if TYPE_CHECKING:
    from lxml.etree import _Element
    from typing_extensions import TypeVar

    from ..match.patterns import Data, Value

    E_co = TypeVar("E_co", covariant=True, default=_Element)
else:
    from typing import TypeVar

    E_co = TypeVar("E_co", covariant=True)


class Kind(Enum):
    """What kind of mistake a finding is."""

    UNKNOWN_ROOT = "no document has such a root element"
    UNKNOWN_ELEMENT = "unknown element"
    UNKNOWN_ATTRIBUTE = "unknown attribute"
    ELEMENT_ELSEWHERE = "element that belongs elsewhere"
    ATTRIBUTE_ELSEWHERE = "attribute that belongs elsewhere"
    ANOTHER_VARIANT = "element or attribute of another variant"
    WRONG_NAMESPACE = "wrong namespace"
    WRONG_VALUE = "value that is none of the possible ones"
    WRONG_FORM = "value of the wrong form"
    MISSING_ATTRIBUTE = "missing attribute"
    MISSING_ELEMENT = "missing child element"
    MISSING_TEXT = "missing text"
    GIVEN_TWICE = "given twice"
    STRAY_TEXT = "stray text"
    WRONG_ORDER = "children in the wrong order"


@dataclass(frozen=True, slots=True)
class Setting(Generic[E_co]):
    """An attribute, and the values with which something else in the document would be right; "" for the text."""

    element: E_co
    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Generic[E_co]):
    """One mistake in a document of lxml, or of other views. Names are `{namespace}local`.

    Attributes:
        kind: what kind of mistake it is.
        element: the element at fault; the one with the attribute or text at fault; the one that lacks something.
        attribute: the name of the attribute at fault, "" if it is none.
        text: for text at fault, the number of child elements before it, None if it is no text.
        value: the value or text that stands there, "" if it is about a name.
        expected: names that would be right in place of the one at fault.
        accepted: values and datatypes that would be right in place of the value at fault.
        nearest: names or values among those that may have been meant, the likeliest first.
        missing: names of missing elements or attributes: any one of them would do.
        holders: names of elements that may hold what stands in the wrong place.
        settings: attributes, or texts, whose other values would make it right, the nearest first.
        first: the element that was there before, for one that is given twice; that ought to come first, for one that
            stands too early.
        as_attributes: names of attributes that a text or element may be meant as.
        as_elements: names of elements that an attribute or text may be meant as, "" for the text of its own element.
        within: the attribute of that element that has the value, "" if it is enough that the element is there, None if
            the value is its text.
        behind: the element that ought to come behind, for one that stands too late.
    """

    kind: Kind
    element: E_co
    attribute: str = ""
    text: int | None = None
    value: str = ""
    expected: tuple[str, ...] = ()
    accepted: tuple[Value | Data, ...] = ()
    nearest: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    settings: tuple[Setting[E_co], ...] = ()
    as_attributes: tuple[str, ...] = ()
    as_elements: tuple[str, ...] = ()
    within: str | None = None
    first: E_co | None = None
    behind: E_co | None = None
