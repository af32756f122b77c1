"""The keys of what belongs to no field."""

from __future__ import annotations

ELEMENT = "element"
ATTRIBUTES = "attributes"
NAMESPACES = "namespaces"
CONTENT = "content"
TEXT = "text"
COMMENT = "comment"
AT = "at"
ORDER = "order"
SIBLINGS = "siblings"
BEFORE = "before"
AFTER = "after"

OF_ELEMENTS = (ELEMENT, ATTRIBUTES, NAMESPACES, TEXT, CONTENT)
"""The keys of an element of any name: `text` is for one that holds nothing but a text, `content` for any other."""
OF_EXTRAS = (ATTRIBUTES, NAMESPACES, CONTENT, ORDER, SIBLINGS, BEFORE, AFTER)
"""The keys of what an object keeps that belongs to none of its fields."""
