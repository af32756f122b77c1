"""The context that xsdata asks about classes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeGuard

from xsdata.formats.dataclass.compat import Dataclasses, class_types
from xsdata.formats.dataclass.context import XmlContext

from virtxml.catalogue import DOCUMENTS
from virtxml.node import Node

from .json_reading import Shape, json_meta
from .reading import DocumentMeta, ElementMeta
from .writing import WritingMeta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xsdata.formats.dataclass.models.elements import XmlMeta

CLASS_TYPE = "virtxml"
_PARSING: Any = object()

_document_meta = cache(DocumentMeta)
_writing_meta = cache(WritingMeta)


def _is_ours(clazz: Any) -> TypeGuard[type[Node]]:
    return isinstance(clazz, type) and issubclass(clazz, Node)


class _ClassType(Dataclasses):
    """What xsdata shall take for a class of its own kind: our classes, and dataclasses as ever."""

    __slots__ = ()

    def is_model(self, obj: Any) -> bool:
        return isinstance(obj, Node | Shape) or _is_ours(obj) or super().is_model(obj)

    def score_object(self, obj: Any) -> float:
        """Prefer none of a union's members: what does not fit is no object in the first place."""
        return -1.0 if obj is None else 0.0


class_types.register(CLASS_TYPE, _ClassType())


class Context(XmlContext):
    """Tells xsdata about our classes. About other dataclasses, which may hold ours, it says what xsdata's own does."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(class_type=CLASS_TYPE)

    def fetch(self, clazz: Any, parent_ns: str | None = None, xsi_type: str | None = None) -> XmlMeta:
        """Return what the XML parser has to know of a class."""
        if isinstance(clazz, ElementMeta):
            return clazz
        return _document_meta(clazz) if _is_ours(clazz) else super().fetch(clazz, parent_ns, xsi_type)

    def build(self, clazz: Any, parent_ns: str | None = None, globalns: Any = _PARSING) -> XmlMeta:
        """Return what serializers, which give ``globalns``, or the JSON parser have to know of a class."""
        if isinstance(clazz, Shape):
            return clazz.meta
        if not _is_ours(clazz):
            return super().build(clazz, parent_ns, None if globalns is _PARSING else globalns)
        if globalns is not _PARSING:
            return _writing_meta(clazz)
        self.cache[clazz] = json_meta(clazz)
        return self.cache[clazz]

    def build_xsi_cache(self) -> None:
        """Find the classes of documents, for parsers that are not told the class: for `<cpu>`, that is `GuestCPU`."""
        for name, (module, root) in reversed(DOCUMENTS.items()) if not self.xsi_cache else ():
            self.xsi_cache[root].append(getattr(import_module(f"virtxml.schema.{module}"), name))

    @classmethod
    def get_subclasses(cls, clazz: Any) -> Iterator[type]:
        """Iterate over the subclasses that xsdata may read in place of a class: none for ours."""
        return iter(()) if isinstance(clazz, Shape) or _is_ours(clazz) else super().get_subclasses(clazz)


def context() -> Context:
    """Return a context for xsdata's parsers and serializers."""
    return Context()
