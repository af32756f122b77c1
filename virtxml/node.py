"""The base of all element classes: a dataclass that can read itself from XML and write itself back.

Classes are real dataclasses (`dataclasses.fields`, `replace`, `match`, `==`, `copy`, `pickle`), but nothing of a class
is built before it is used: 400 classes have to be there in the time in which `@dataclass` would make 40. The
constructor, the reader and the writer of a class are made by `virtxml.codec` when they are first called.
"""

from __future__ import annotations

from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from .catalogue import NEWEST
from .codec.writing.document import write_text
from .element import TEXT, Element, ElementType

if TYPE_CHECKING:
    import dataclasses
    import inspect
    from collections.abc import Callable, Iterable
    from os import PathLike

    from typing_extensions import Self, dataclass_transform

    from .content import Extra
    from .diagnostics.diagnostic import Diagnostic
    from .element import Field
else:

    def dataclass_transform(**_options):
        """Mark a metaclass for type checkers (PEP 681); `typing` has it from Python 3.11 on."""
        return lambda cls: cls


class _Lazy:
    """A class attribute that is made on first use, for each class its own.

    All inherit it from `Node`, where it stays: what is made for `Node` itself is not kept.
    """

    __slots__ = ("make", "name")

    def __init__(self, name: str, make: Callable[[Any], Any]) -> None:
        self.name = name
        self.make = make

    def __get__(self, instance: object, owner: type) -> Any:
        made = self.make(owner)
        if owner is Node:
            return made.__get__(instance, owner) if hasattr(made, "__get__") else made
        type.__setattr__(owner, self.name, made)
        return getattr(owner if instance is None else instance, self.name)


_reading: list[Callable[..., Element]] = []
"""What reads texts, once it is needed: it loads lxml. To import it anew takes as long as reading three elements."""


def _make_init(cls: type[Element]) -> Any:
    from .codec.init import compile_init

    return compile_init(cls)


def _make_reader(cls: type[Node]) -> Any:
    from .codec.tiers import first_reader

    return first_reader(cls)


def _make_writer(cls: type[Node]) -> Any:
    from .codec.tiers import first_writer

    return first_writer(cls)


def _make_nesting(cls: type[Node]) -> tuple[str, ...]:
    from .codec.objects import nesting

    return nesting(cls)


def _make_dataclass_fields(cls: type[Node]) -> dict[str, dataclasses.Field[Any]]:
    from .codec.init import dataclass_fields

    return dataclass_fields(cls)


def _set_extra(node: Any, extra: Extra | None) -> None:
    """Set what belongs to no field; remember beside which children it stands."""
    node._extra = extra
    if extra is not None:
        from .codec.kept.places import anchor

        anchor(node)


def _getter(slots: Iterable[str]) -> Any:
    """Return what gets the values of some slots as a tuple, with what is unknown behind them: never one alone."""
    return staticmethod(attrgetter(*slots, "_extra", "_extra"))


_LAZY = {
    name: _Lazy(name, make)
    for name, make in {
        "__init__": _make_init,
        "__dataclass_fields__": _make_dataclass_fields,
        "_read": _make_reader,
        "_write": _make_writer,
        "_nesting": _make_nesting,
        "_values": lambda cls: _getter(field.slot for field in cls.xml_fields.values() if not field.many),
        "_lists": lambda cls: _getter(field.slot for field in cls.xml_fields.values() if field.many),
    }.items()
}


@dataclass_transform(kw_only_default=True, eq_default=False)
class NodeType(ElementType):
    """The class of element classes that can do things: what is compiled for each is made on first use."""

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], xml: str = "", **options: Any
    ) -> NodeType:
        """Make a class, as `ElementType` does."""
        kin = [base for base in bases if isinstance(base, NodeType)]
        # Another class than `Node` may have made its own already, which would be inherited.
        if not kin or kin != [Node]:
            namespace |= {key: lazy for key, lazy in _LAZY.items() if key not in namespace}
        made = super().__new__(mcls, name, bases, namespace, xml, **options)
        return cast("NodeType", made)

    @property
    def __signature__(cls) -> inspect.Signature:  # noqa: N805 - of a metaclass
        from .codec.init import signature

        return signature(cast("type[Node]", cls))


class Node(Element, metaclass=NodeType):
    """An element of a libvirt document.

    Every field is optional: `None`, `False` and `[]` stand for what is not there.

    Attributes:
        extra: attributes, elements and text that belong to no field, None if there are none.
    """

    if not TYPE_CHECKING:
        extra = property(attrgetter("_extra"), _set_extra)

    @classmethod
    def from_xml(cls, source: str | bytes) -> Self:
        """Read an element of this class from text.

        Raises ParseError for text that is not well-formed, has a document type declaration, or is another element, and
        TypeError for what is no text.
        """
        if not _reading:
            from .codec.reading.document import read_text

            _reading.append(read_text)
        return cast("Self", _reading[0](cls, source))

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read an element of this class from a file, in whatever encoding; of a status file, the document inside.

        Raises OSError if the file cannot be read, and ParseError, which names it, as `from_xml` does.
        """
        from .kinds.reading import read_file

        return cast("Self", read_file(path, cls))

    def to_xml(self) -> str:
        """Return the element as text, in libvirt's own form: two spaces, single quotes, a line feed at the end.

        Raises ValueError for what could not be read again, such as a character that XML cannot hold, an attribute that
        is there twice, or an element that holds itself, and TypeError for a value of a type that its field does not
        take. Both say where it is.
        """
        return write_text(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the element of this class that plain data stands for: what `to_dict` makes, or JSON or YAML has.

        `Node.from_dict` returns what the data is of by its key `kind`: "domain", "network", or a part as
        `virtxml.parse` takes it, such as "devices/disk".

        Raises DataError, which names the place, for data of another shape, such as a key that is no field.
        """
        from .plain.reading import from_data

        return cast("Self", from_data(cls, data))

    def to_dict(self) -> dict[str, Any]:
        """Return the element as plain data: dictionaries, lists, texts, whole numbers, True and False.

        Keys are the names of fields; only what is set is there. What belongs to no field is under `extra`, and a
        document says under `kind` which one it is. `from_dict` makes an equal element of it, whose `to_xml` is the
        same; passwords are in it as they are there. A number is an int if that is how it is written in XML, and not
        larger than all readers of JSON take exactly; any other is the text that is written, such as "0x0010".

        Raises ValueError or TypeError for what `to_xml` could not write.
        """
        from .plain.writing import to_data

        return to_data(self)

    def validate(self, *, libvirt: str = NEWEST) -> list[Diagnostic]:
        """Return what is wrong with the element for a release of libvirt; nothing if it is valid.

        Raises ValueError for a release that there are no schemas of.
        """
        from .validation import validate

        return validate(self, libvirt=libvirt)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node) or other.__class__ is not self.__class__:
            return NotImplemented
        if self._extra is None and other._extra is None:
            with suppress(RecursionError):
                if self._values(self) != self._values(other):
                    return False
                # None stands for a list that nobody has touched.
                return all(
                    mine is theirs or ([] if mine is None else mine) == ([] if theirs is None else theirs)
                    for mine, theirs in zip(self._lists(self), self._lists(other), strict=True)
                )
        from .codec.objects import equal

        return equal(self, other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        from .codec.objects import shown

        return shown(self, is_hidden)

    def __copy__(self) -> Self:
        copied = type(self).__new__(type(self))
        for name in (*self.xml_fields, "extra"):
            setattr(copied, name, getattr(self, name))
        return copied

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from .codec.objects import deep_copy

        copied: Self = deep_copy(self, memo)
        return copied

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        from copyreg import __newobj__  # type: ignore[attr-defined] # the stubs do not know it

        from .codec.objects import state

        return __newobj__, (type(self),), state(self)

    def __setstate__(self, state: Any) -> None:
        from .codec.objects import restore

        restore(self, state)

    def __replace__(self, /, **changes: Any) -> Self:
        from dataclasses import replace

        changed: Self = replace(self, **changes)  # type: ignore[arg-type,unused-ignore] # pyright: ignore[reportArgumentType]
        return changed


def is_hidden(node: Element, field: Field, value: object) -> bool:
    """Tell whether a value is, or may be, a secret, which no `repr` shows."""
    from .source.secrets.names import carries_secret, hides, is_uuid

    if field.secret:
        return True
    texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    if any(hides(text) for text in texts) or (texts and field.xml == "entry"):
        return True
    if field.xml == "secret" and not all(map(is_uuid, texts)):
        # The UUID of a secret belongs here; whatever else is here may be the secret itself.
        return True
    holds = field.role == TEXT or field.xml == "value"
    return bool(texts) and holds and carries_secret(node.xml_name, getattr(node, "name", None))
