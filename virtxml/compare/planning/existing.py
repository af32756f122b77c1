"""What there is: on a connection, or as files that libvirt's documents were written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from virtxml.catalogue import NEWEST
from virtxml.driver import InvalidArgumentError

from .kinds import KINDS, Kind, kind_of, name_of, plain_uuid, uuid_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.driver import Connection
    from virtxml.node import Node


class Found(Protocol):
    """Something that is there."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def uuid(self) -> str | None:
        """Its UUID, None if it has none."""
        ...

    @property
    def running(self) -> bool | None:
        """Whether it runs, None if nobody knows, or it cannot."""
        ...

    @property
    def handle(self) -> Any:
        """What the connection has of it, None if there is no connection."""
        ...

    def model(self) -> Node:
        """Return its document for its next start, with passwords."""
        ...

    def now(self) -> Node | None:
        """Return its document as it runs, None if it does not."""
        ...


class Existing(Protocol):
    """All that is there.

    Attributes:
        libvirt: the release of libvirt by which documents are judged.
    """

    libvirt: str

    def all(self, kind: Kind, pool: str = "") -> list[Found]:
        """Return all of a kind; of volumes, those in a pool. Raises LibvirtError."""
        ...


class Live:
    """What a connection has.

    Attributes:
        libvirt: the release of libvirt on the host.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.libvirt = ".".join(map(str, connection.version))

    def all(self, kind: Kind, pool: str = "") -> list[Found]:
        """Return all of a kind; of volumes, those in a pool: none if there is no such pool, or it is not active."""
        found: list[Found] = [OnHost(kind, handle) for handle in self._handles(kind, pool)]
        return found

    def _handles(self, kind: Kind, pool: str) -> list[Any]:
        if kind.word != "volume":
            return [*getattr(self._connection, kind.collection)]
        found = [one for one in self._connection.pools if one.name == pool and one.active]
        return [volume for one in found for volume in one.volumes]


class OnHost:
    """Something that a connection has."""

    def __init__(self, kind: Kind, handle: Any) -> None:
        self._kind = kind
        self.handle = handle

    @property
    def name(self) -> str:
        """Its name."""
        name: str | None = getattr(self.handle, "name", None)
        return name or name_of(self.model()) or ""

    @property
    def uuid(self) -> str | None:
        """Its UUID, None for volumes."""
        uuid: str | None = getattr(self.handle, "uuid", None)
        return uuid

    @property
    def running(self) -> bool | None:
        """Whether it runs; None for what cannot."""
        active: bool | None = getattr(self.handle, "active", None)
        return active

    def model(self) -> Node:
        """Return its document for its next start, with passwords."""
        model: Node
        if self._kind.word == "domain":
            model = self.handle.document(inactive=True, secure=True)
        elif self.running:
            try:
                model = self.handle.document(inactive=True)
            except InvalidArgumentError:
                # libvirt's test driver keeps one document, and knows no flag that asks for another.
                model = self.handle.document()
        else:
            model = self.handle.document()
        return model

    def now(self) -> Node | None:
        """Return its document as it runs, with passwords; None if it does not, and of what cannot."""
        if not self.running:
            return None
        model: Node = self.handle.document(secure=True) if self._kind.word == "domain" else self.handle.document()
        return model


class Dumps:
    """What files hold that libvirt's documents were written to, as by `virsh dumpxml --inactive`."""

    def __init__(self, documents: Iterable[Node], *, libvirt: str = NEWEST) -> None:
        """Take documents; those of kinds that are not planned are left out.

        Volumes are in a pool of any name: files do not tell.
        """
        self.libvirt = libvirt
        self._all: dict[str, list[Dumped]] = {kind.word: [] for kind in KINDS}
        for model in documents:
            kind = kind_of(model)
            if kind is not None:
                self._all[kind.word].append(Dumped(model))

    def all(self, kind: Kind, pool: str = "") -> list[Found]:
        """Return all of a kind, whatever the pool."""
        return [*self._all[kind.word]]


class Dumped:
    """A document that libvirt has written."""

    handle: Any = None
    running: bool | None = None

    def __init__(self, model: Node) -> None:
        self._model = model
        self.name: str = name_of(model) or ""
        self.uuid: str | None = uuid_of(model)

    def model(self) -> Node:
        """Return the document."""
        return self._model

    def now(self) -> None:
        """Return nothing: what runs is not known."""


class ClashError(Exception):
    """A document says that it is two things at once, in words."""


def found_for(model: Node, kind: Kind, there: list[Found]) -> Found | None:
    """Return what a document is about: what has its UUID, or its name if it has none; None if that is not there.

    Raises ClashError if its UUID belongs to something of another name, or its name to something of another UUID.
    """
    name, uuid = name_of(model), uuid_of(model)
    named = next((one for one in there if one.name == name), None)
    if uuid is None:
        return named
    owner = next((one for one in there if one.uuid is not None and plain_uuid(one.uuid) == uuid), None)
    if owner is not None and owner.name != name:
        raise ClashError(f"its UUID {uuid} belongs to {kind.word} {owner.name}")
    if owner is None and named is not None and named.uuid is not None:
        raise ClashError(f"there is a {kind.word} {name} with another UUID: {named.uuid}")
    return owner or named
