"""The base of all element classes: a dataclass that can read itself from XML and write itself back.

Classes are real dataclasses (`dataclasses.fields`, `replace`, `match`, `==`, `copy`, `pickle`), but nothing of a class
is built before it is used: 400 classes have to be there in the time in which `@dataclass` would make 40. The
constructor, the reader and the writer of a class are made by `virtxml.codec` when they are first called.
"""

from __future__ import annotations

from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, cast

from .catalogue import NEWEST, OLDEST
from .codec.writing.document import write_text
from .content import Extra  # noqa: TC001 - part of the type hints of every class
from .fields import SITE, TEXT, Field

if TYPE_CHECKING:
    import dataclasses
    import inspect
    from collections.abc import Callable
    from os import PathLike

    from lxml import etree
    from typing_extensions import Self, dataclass_transform

    from .diagnostics.diagnostic import Diagnostic
else:

    def dataclass_transform(**_options):
        """Mark a metaclass for type checkers (PEP 681); `typing` has it from Python 3.11 on."""
        return lambda cls: cls


class _Lazy:
    """A class attribute that is made on first use, for each class its own."""

    __slots__ = ("make", "name")

    def __init__(self, name: str, make: Callable[[Any], Any]) -> None:
        self.name = name
        self.make = make

    def __get__(self, instance: object, owner: type) -> Any:
        type.__setattr__(owner, self.name, self.make(owner))
        return getattr(owner if instance is None else instance, self.name)


def _make_init(cls: type[Node]) -> Any:
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


_LAZY = {
    name: _Lazy(name, make)
    for name, make in {
        "__init__": _make_init,
        "__dataclass_fields__": _make_dataclass_fields,
        "_read": _make_reader,
        "_write": _make_writer,
        "_nesting": _make_nesting,
        "_values": lambda cls: staticmethod(attrgetter(*cls.xml_fields, "extra")),
    }.items()
}


@dataclass_transform(kw_only_default=True)
class NodeType(type):
    """The class of element classes: turns declared fields into slots.

    Attributes:
        xml_fields: the declared fields by name, in libvirt's order of attributes, text and children.
        xml_name: the element's name, with its namespace as `{uri}name`.
        xml_since: the first schema release that knows the element, None for the oldest one.
        xml_empty_tags: whether the element is written with two tags even if it is empty, as libvirt does for some.
        xml_page: the address of libvirt's documentation of the element; "" if there is none.
    """

    xml_fields: dict[str, Field]
    xml_name: str
    xml_since: str | None
    xml_empty_tags: bool
    xml_page: str

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], xml: str = "", **options: Any
    ) -> NodeType:
        """Make a class; ``xml`` is its element's name, options are ``since``, ``empty_tags`` and ``page``."""
        fields = {key: value for key, value in namespace.items() if isinstance(value, Field)}
        for key in fields:
            del namespace[key]
        if not bases:
            del namespace["extra"]
        namespace["__slots__"] = tuple(fields) if bases else ("extra",)
        namespace["__match_args__"] = ()
        for key, lazy in _LAZY.items():
            namespace.setdefault(key, lazy)
        cls = super().__new__(mcls, name, bases, namespace)
        inherited: dict[str, Field] = {}
        for base in bases:
            inherited = getattr(base, "xml_fields", {}) | inherited
        cls.xml_fields = inherited | fields if inherited else fields
        # A class of a user's own without an element of its own is what the class is that it comes from.
        if xml or not bases:
            page = options.get("page", "")
            cls.xml_page = SITE + page if page and "://" not in page else page
            cls.xml_since = options.get("since")
            cls.xml_empty_tags = options.get("empty_tags", False)
        if xml:
            cls.xml_name = xml
        for key, field in fields.items():
            field.name = key
            field.owner = cls  # type: ignore[assignment]
        return cls

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **_options: Any) -> None:
        super().__init__(name, bases, namespace)

    @property
    def __signature__(cls) -> inspect.Signature:
        from .codec.init import signature

        return signature(cast("type[Node]", cls))


class Node(metaclass=NodeType):
    """An element of a libvirt document.

    Every field is optional: `None`, `False` and `[]` stand for what is not there.

    Attributes:
        extra: attributes, elements and text that belong to no field, None if there are none.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]
        xml_fields: ClassVar[dict[str, Field]]
        xml_name: ClassVar[str]
        xml_since: ClassVar[str | None]
        xml_empty_tags: ClassVar[bool]
        xml_page: ClassVar[str]
        _read: ClassVar[Callable[[etree._Element], Any]]
        _nesting: ClassVar[tuple[str, ...]]
        _values: ClassVar[Any]

        def _write(self, out: list[str], indent: str, tag: str = ...) -> None: ...

    extra: Extra | None = None

    @classmethod
    def from_xml(cls, source: str | bytes) -> Self:
        """Read an element of this class from text.

        Raises ParseError for text that is not well-formed, has a document type declaration, or is another element, and
        TypeError for what is no text.
        """
        from .codec.reading.document import read_text

        return read_text(cls, source)

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read an element of this class from a file, in whatever encoding; of a status file, the document inside.

        Raises OSError if the file cannot be read, and ParseError, which names it, as `from_xml` does.
        """
        from .documents import read

        return read(path, cls)

    def to_xml(self) -> str:
        """Return the element as text, in libvirt's own form: two spaces, single quotes, a line feed at the end.

        Raises ValueError for what could not be read again, such as a character that XML cannot hold, an attribute that
        is there twice, or an element that holds itself, and TypeError for a value of a type that its field does not
        take. Both say where it is.
        """
        return write_text(self)

    def validate(self, *, libvirt: str = NEWEST) -> list[Diagnostic]:
        """Return what is wrong with the element for a release of libvirt; nothing if it is valid.

        Raises ValueError for a release that there are no schemas of.
        """
        from .validation import validate

        return validate(self, libvirt=libvirt)

    @classmethod
    def since(cls, field: str | None = None) -> str:
        """Return the first of the known schema releases that has a field of this class, or the class itself.

        "4.5.0" is the oldest one, and stands for "or earlier". Raises AttributeError for a name that is no field.
        """
        if field is None:
            return cls.xml_since or OLDEST
        if field not in cls.xml_fields:
            raise AttributeError(f"{cls.__name__} has no field {field!r}")
        return cls.xml_fields[field].since or cls.xml_since or OLDEST

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node) or other.__class__ is not self.__class__:
            return NotImplemented
        if self.extra is None and other.extra is None:
            with suppress(RecursionError):
                return bool(self._values(self) == self._values(other))
        from .codec.objects import equal

        return equal(self, other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        from .codec.objects import shown

        return shown(self, Node._is_hidden)

    def _is_hidden(self, field: Field, value: object) -> bool:
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
        return bool(texts) and holds and carries_secret(self.xml_name, getattr(self, "name", None))

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
