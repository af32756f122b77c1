"""What the handles of all kinds, and the collections that give them, have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .errors import AlreadyExistsError, NotFoundError, NotSupportedError, OperationFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from uuid import UUID

    from virtxml.node import Node
    from virtxml.schema.domain import Domain
    from virtxml.schema.network import Network
    from virtxml.schema.nwfilter import NWFilter
    from virtxml.schema.storagepool import StoragePool

    from .libvirt_python import api
    from .libvirt_python.link import Link

R = TypeVar("R")
N = TypeVar("N", bound="api.Named")
U = TypeVar("U", bound="api.Identified")
S = TypeVar("S", bound="api.Startable")
H = TypeVar("H", bound="Handle[Any]")


class Handle(Generic[R]):
    """Something that libvirt has: libvirt-python's object, with documents as models and errors as ours."""

    def __init__(self, link: Link, raw: R) -> None:
        self._link = link
        self._raw = raw

    @property
    def libvirt(self) -> Any:
        """The object of libvirt-python, for all that has nothing to do with documents."""
        return self._raw

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._keys()[0]}>"

    def _function(self, name: str) -> Any:
        """Return a function of libvirt-python's object. Raises NotSupportedError for an older one without it."""
        try:
            return getattr(self._raw, name)
        except AttributeError:
            raise NotSupportedError(f"libvirt-python has no {type(self._raw).__name__}.{name}: it is too old") from None

    def _keys(self) -> list[str]:
        """Return by what it is known, the name first; libvirt-python knows that by itself."""
        return [getattr(self, key) for key in ("name", "uuid", "port_dev") if hasattr(type(self), key)]


class AutostartHandle(Handle[S]):
    """Something that libvirt may start by itself, when the host or its daemon starts."""

    @property
    def autostart(self) -> bool:
        """Whether libvirt starts it by itself; it can be set for what is defined."""
        with self._link.errors():
            return bool(self._function("autostart")())

    @autostart.setter
    def autostart(self, wanted: bool) -> None:
        with self._link.errors():
            self._function("setAutostart")(int(bool(wanted)))


class NamedHandle(Handle[N]):
    """Something with a name."""

    @property
    def name(self) -> str:
        """The name."""
        return self._raw.name()


class IdentifiedHandle(NamedHandle[U]):
    """Something with a name and a UUID."""

    @property
    def uuid(self) -> str:
        """The UUID."""
        return self._raw.UUIDString()


class Collection(Generic[H]):
    """All of one kind that libvirt has in one place; iterating lists them."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def list_all(self, *, flags: int = 0) -> list[H]:
        """Return all of them; ``flags`` are those of libvirt's function that lists them."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[H]:
        return iter(self.list_all())

    def __contains__(self, wanted: object) -> bool:
        """Tell whether there is one of a name, or of a UUID if they have some; a handle stands for what it is of."""
        if isinstance(wanted, Handle):
            return any(type(one) is type(wanted) and one._keys() == wanted._keys() for one in self.list_all())
        return any(str(wanted) in one._keys() for one in self.list_all())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._link!r}>"


class IdentifiedCollection(Collection[H]):
    """All of one kind that has names and UUIDs."""

    _handle: type[H]

    def lookup(self, name: str | None = None, *, uuid: str | UUID | None = None) -> H:
        """Return the one of a name or a UUID. Raises NotFoundError."""
        only_one(name=name, uuid=uuid)
        with self._link.errors():
            raw = self._of_uuid(str(uuid)) if name is None else self._of_name(name)
        return self._handle(self._link, raw)

    def _of_name(self, name: str) -> Any:
        raise NotImplementedError

    def _of_uuid(self, uuid: str) -> Any:
        raise NotImplementedError

    def _making(self, document: Domain | Network | StoragePool | NWFilter) -> AbstractContextManager[None]:
        """Raise our errors while a document is defined or created; see `making`."""
        return making(self._link, document, document.name, document.uuid, lambda name: self._of_name(name).UUIDString())


def only_one(**given: object) -> None:
    """Raise TypeError unless exactly one of some arguments is given."""
    if sum(value is not None for value in given.values()) != 1:
        raise TypeError(f"exactly one of these is needed: {', '.join(given)}")


def flag_sum(**chosen: bool) -> int:
    """Return the sum of flags by their names in `constants` that are chosen."""
    from .libvirt_python import constants

    return sum(int(getattr(constants, name)) for name, wanted in chosen.items() if wanted)


def affected(live: bool, config: bool) -> int:
    """Return the flags for what a change is for: by default, for what libvirt calls the current state."""
    return flag_sum(VIR_DOMAIN_AFFECT_LIVE=live, VIR_DOMAIN_AFFECT_CONFIG=config)


@contextmanager
def making(link: Link, document: Node, name: str | None, uuid: str | None, of: Callable[[str], str]) -> Iterator[None]:
    """Raise our errors while a document is defined or created, and AlreadyExistsError if something else has its name.

    libvirt has no code for that: it is an operation that has failed. ``of`` asks libvirt for the UUID of what has a
    name.
    """
    try:
        with link.errors(document):
            yield
    except OperationFailedError as error:
        if name is None or not _taken(link, name, uuid, of):
            raise
        raise AlreadyExistsError(error.message, error.code, error.domain) from error.__cause__


def _taken(link: Link, name: str, uuid: str | None, of: Callable[[str], str]) -> bool:
    try:
        with link.errors():
            return _digits(of(name)) != _digits(uuid)
    except NotFoundError:
        return False


def _digits(uuid: str | None) -> str | None:
    """Return what makes two UUIDs the same; documents may have them in capitals, and without hyphens."""
    return None if uuid is None else uuid.replace("-", "").strip().lower()
