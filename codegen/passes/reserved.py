"""Names that no field of a class may have."""

from __future__ import annotations

_NODE = ["extra", "from_xml", "read", "since", "to_xml", "validate"]
"""What `Node` calls its own; of `Size`, see `units`."""
_WORDS = ["anything", "attribute", "element", "elements", "flag", "leaf", "leaves", "text"]
"""The words that fields are declared with: they stand in the body of the class."""

RESERVED = frozenset([*_NODE, *_WORDS])
