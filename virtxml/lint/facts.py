"""What rules know beside the element that they look at: the release, the host, the document as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Literal, TypeVar, overload

from ..catalogue import NEWEST
from ..records import Record
from ..releases import is_older

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..element import Element
    from ..schema.capabilities import Capabilities
    from ..schema.domaincaps import DomainCapabilities

Need = Literal["arch", "machine", "capabilities", "domcapabilities"]
"""A fact that a rule cannot do without, by the option that gives it where the document does not."""

N = TypeVar("N", bound="Element")
One = TypeVar("One")
T = TypeVar("T")


class once(Generic[One, T]):  # noqa: N801 - a decorator
    """A property that is found once for each object.

    `functools.cached_property` locks until Python 3.12, which takes longer than most of what is asked here.
    """

    def __init__(self, find: Callable[[One], T]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, _: type[One], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type[One]) -> once[One, T]: ...
    @overload
    def __get__(self, one: One, owner: type[One]) -> T: ...
    def __get__(self, one: One | None, owner: type[One]) -> T | once[One, T]:
        if one is None:
            return self
        found = one.__dict__[self._name] = self._find(one)
        return found


class Host(Record, frozen=True):
    """What is known of where the documents are to be used, beside what they say themselves.

    Attributes:
        libvirt: the release of libvirt, such as "9.0.0".
        arch: the architecture of guests that name none; "" if it is not known.
        machine: the machine of guests that name none; "" if it is not known.
        capabilities: what `virsh capabilities` says there; None if it is not known.
        domcapabilities: what `virsh domcapabilities` says there; None if it is not known.
    """

    libvirt: str = NEWEST
    arch: str = ""
    machine: str = ""
    capabilities: Capabilities | None = None
    domcapabilities: DomainCapabilities | None = None

    def usual_arch(self) -> str:
        """Return the architecture that libvirt gives to a guest that names none; "" if it is not known."""
        host = self.capabilities.host if self.capabilities is not None else None
        return self.arch or (host.cpu.arch if host is not None and host.cpu is not None else None) or ""

    def usual_machine(self, arch: str, kind: str | None) -> str:
        """Return the machine that libvirt gives to a guest of an architecture and a type; "" if it is not known."""
        if self.machine or self.capabilities is None:
            return self.machine
        for one in self.capabilities.guests:
            for domain in one.arch.domains if one.arch is not None and one.arch.name == arch else ():
                machines = (domain.machines or one.arch.machines) if one.arch is not None else []
                if domain.type == kind and machines:
                    return machines[0].value or ""
        return ""


class Met:
    """What was met so far in a document, each thing by its kind and its key.

    A guest that is put together step by step is judged by what is new in it, and by what was met before. What a step
    brings is only kept if it is taken.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, object], object] = {}
        self._new: dict[tuple[str, object], object] = {}

    def first(self, kind: str, key: object, thing: object) -> object:
        """Note a thing; return the first of this kind and key if there was one before, None otherwise."""
        at = kind, key
        found = self._kept.get(at) if at in self._kept else self._new.setdefault(at, thing)
        return None if found is thing else found

    def begin(self) -> None:
        """Forget what a step met that was not taken."""
        self._new = {}

    def keep(self) -> None:
        """Keep what was met since the beginning."""
        self._kept.update(self._new)
        self._new = {}


class Facts(Generic[N]):
    """What rules know of a document of any kind.

    Attributes:
        model: the document.
        host: where it is to be used.
        met: what was met in it so far.
        complete: whether it is all there; what is missing may be said later otherwise.
    """

    driver = ""
    complete = True

    def __init__(self, model: N, host: Host, met: Met | None = None) -> None:
        self.model = model
        self.host = host
        self.met = Met() if met is None else met

    def first(self, kind: str, key: object, thing: Element) -> Element | None:
        """Note an element under a key; return the first one with it if there was one before, None otherwise."""
        return self.met.first(kind, key, thing)  # type: ignore[return-value]

    def has(self, need: Need) -> bool:
        """Tell whether a fact is known."""
        return bool(getattr(self.host, need))

    def since(self, release: str) -> bool:
        """Tell whether libvirt is of a release, or newer."""
        return not is_older(self.host.libvirt, release)


def whole(value: object) -> int | None:
    """Return a value if it is a whole number; None for none, and for what is another text.

    It is a plain one: whether another kind of `int` is in a range, such as one that keeps how it is written, Python
    tells by going through all of the range.
    """
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else None
