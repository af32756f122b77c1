"""What an element class is below all that it can do: its fields, which are slots, and where each stands in XML.

Reading, writing, comparing and showing are for `virtxml.node`, which stands on the codec; the codec only knows this.
"""

from __future__ import annotations

import sys
from _thread import allocate_lock
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from . import content  # noqa: TC001 - part of the type hints of every class
from .catalogue import OLDEST
from .scalars import STRING

if TYPE_CHECKING:
    import dataclasses
    from collections.abc import Callable, Collection, Iterator
    from typing import TypeAlias

    from lxml import etree
    from typing_extensions import dataclass_transform

    Behind: TypeAlias = tuple[str, str, str] | tuple[()]
else:

    def dataclass_transform(**_options):
        """Mark a metaclass for type checkers (PEP 681); `typing` has it from Python 3.11 on."""
        return lambda cls: cls


ATTRIBUTE = "attribute"
TEXT = "text"
VALUE = "value"
FLAG = "flag"
ANY = "any"
ELEMENT = "element"

SITE = "https://libvirt.org/"
"""Where the pages are that classes name; one of another site is named in full."""

DUMPED = "dumped"
"""The kind of an ANY field that libvirt leaves to libxml2 to write, with double quotes."""


class Variants:
    """A union of classes for one element's name, told apart by the value of an attribute."""

    __slots__ = ("by", "classes")

    def __init__(self, by: str, classes: dict[str, type[Element]]) -> None:
        self.by = by
        self.classes = classes


class Field:
    """One field: where it stands in XML, and what its values are.

    Attributes:
        name: the name in the class.
        role: one of ATTRIBUTE, TEXT (the element's own text), VALUE (a child with nothing but text), FLAG (a child
            that is there or not), ANY (a child with anything in it), ELEMENT (a child with a class of its own).
        xml: the attribute's or child's name, with its namespace as `{uri}name`.
        kind: the kind of text (`virtxml.scalars`) of an attribute, a text or a VALUE; of an ANY,
            DUMPED or not.
        many: whether the value is a list.
        since: the first schema release that knows the field; None for the oldest one.
        secret: whether the value may not be shown.
        default: the value that a new object starts with.
        values: the words that the value chooses among; empty if it may be any text of its kind.
        free: whether the value of a kind of numbers may be any other text too.
        behind: for a list whose items are written right behind those of another one that they name: that list, which
            is declared before it, the field there with the name, and their own; empty for others.
        slot: the name under which an object keeps the value: ``name``, or that of the slot of a list, where None
            stands for one that nobody has touched.
        target: the class of an ELEMENT, a union (`Variants`), or a dictionary of classes by the child's name. It may
            be declared by its name, as the module of the class knows it: `Disk`, `schema.domain.Disk`. Then it is
            loaded when it is first asked for, which is when a document has such an element.
        owner: the class.
    """

    __slots__ = (
        "_target",
        "behind",
        "default",
        "free",
        "kind",
        "many",
        "name",
        "owner",
        "role",
        "secret",
        "since",
        "slot",
        "values",
        "xml",
    )
    name: str
    slot: str
    owner: type[Element]

    def __init__(  # noqa: PLR0913, PLR0917 - what declares fields is in `virtxml.fields`
        self,
        role: str,
        xml: str,
        kind: str = STRING,
        many: bool = False,
        since: str | None = None,
        secret: bool = False,
        default: str | None = None,
        target: Any = None,
        values: tuple[str, ...] = (),
        free: bool = False,
    ) -> None:
        self.role = role
        self.xml = xml
        self.kind = kind
        self.many = many
        self.since = since
        self.secret = secret
        self.default: Any = False if role == FLAG and not many else default
        self._target = target
        self.values = values if default is None else (default,)
        self.free = free
        self.behind: Behind = ()

    def named(self, name: str) -> str:
        """Take its name in the class that declares it; return that of its slot."""
        self.name = name
        self.slot = f"_{name}_list" if self.many else name
        return self.slot

    @property
    def target(self) -> Any:
        """The class of an ELEMENT, a union, or a dictionary of classes by the child's name; None for others."""
        found = self._target
        if isinstance(found, str):
            # Threads that ask at the same time find the same, so it does not matter which of them keeps it.
            found = self._target = attrgetter(found)(sys.modules[self.owner.__module__])
        return found

    def names(self) -> Collection[str]:
        """Return the names of the children that belong to the field, which loads no class."""
        target = self._target
        return target.keys() if isinstance(target, dict) else (self.xml,)

    def classes(self) -> dict[str, type[Element] | Variants]:
        """Return the class or union for each child's name that belongs to the field."""
        target = self.target
        return target if isinstance(target, dict) else {self.xml: target}

    def targets(self) -> Iterator[type[Element]]:
        """Iterate over the classes of the objects that an ELEMENT may hold, those of a union too."""
        for target in self.classes().values():
            yield from target.classes.values() if isinstance(target, Variants) else [target]


_making = allocate_lock()


def made_when_touched(slot: Any) -> property:
    """Return the attribute for a list that is made when somebody first asks for it, and is in a slot from then on.

    Most lists are empty: two dozen in a domain, which would take half of the time of the garbage collector. In the
    slot, None stands for the list that is not there yet.
    """
    get, put = slot.__get__, slot.__set__

    def touched(element: Element) -> Any:
        found = get(element)
        if found is not None:
            return found
        # Another thread may ask at the same time: all get the same list.
        with _making:
            found = get(element)
            if found is None:
                found = []
                put(element, found)
        return found

    return property(touched, put, slot.__delete__)


@dataclass_transform(kw_only_default=True, eq_default=False)
class ElementType(type):
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
    ) -> ElementType:
        """Make a class; ``xml`` is its element's name, options are ``since``, ``empty_tags`` and ``page``."""
        fields = {key: value for key, value in namespace.items() if isinstance(value, Field)}
        slots = ["_extra"] if not bases else []
        for key, field in fields.items():
            del namespace[key]
            slots.append(field.named(key))
        if not bases:
            del namespace["extra"]
        namespace["__slots__"] = tuple(slots)
        inherited: dict[str, Field] = {}
        for base in bases:
            inherited = getattr(base, "xml_fields", {}) | inherited
        namespace["xml_fields"] = inherited | fields if inherited else fields
        # A class of a user's own without an element of its own is what the class is that it comes from.
        if xml or not bases:
            page = options.get("page", "")
            namespace["xml_page"] = SITE + page if page and "://" not in page else page
            namespace["xml_since"] = options.get("since")
            namespace["xml_empty_tags"] = options.get("empty_tags", False)
        if xml:
            namespace["xml_name"] = xml
        cls = super().__new__(mcls, name, bases, namespace)
        for key, field in fields.items():
            field.owner = cls  # type: ignore[assignment]
            if field.many:
                setattr(cls, key, made_when_touched(cls.__dict__[field.slot]))
        return cls


class Element(metaclass=ElementType):
    """The base of `virtxml.Node`: fields and unknown content, and nothing that is done with them.

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
        _extra: ClassVar[Any]
        _lists: ClassVar[Any]

        def _write(self, out: list[str], indent: str, tag: str = ...) -> None: ...

    __match_args__ = ()
    extra: content.Extra | None = None

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
