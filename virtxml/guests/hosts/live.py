"""A host that libvirt is asked about, through libvirt-python, as far as somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ...codec.reading.document import parse_text, read_element
from ...driver import (
    InvalidArgumentError,
    LibvirtError,
    LibvirtMissingError,
    NotFoundError,
    NotSupportedError,
    OperationInvalidError,
)
from ...driver.libvirt_python.link import Link
from ...driver.libvirt_python.opening import libvirt, opened
from ...errors import ParseError
from ...schema.capabilities import Capabilities
from ...schema.domaincaps import DomainCapabilities
from ..errors import GuestError
from .documents import Documents
from .host import Host
from .node import class_of

if TYPE_CHECKING:
    from lxml import etree

    from ...driver.uri import ConnectionURI
    from ...schema.storagevol import StorageVolume

T = TypeVar("T")

_LISTS = {
    "domain": "listAllDomains",
    "network": "listAllNetworks",
    "interface": "listAllInterfaces",
    "pool": "listAllStoragePools",
    "device": "listAllDevices",
}
"""The methods of a connection that list what a host has, by the elements of their documents."""

_REFUSALS = (NotSupportedError, InvalidArgumentError, OperationInvalidError, NotFoundError)
"""libvirt's errors that say that there is no such thing: not with this driver, not for such guests, or no longer."""


def live_host(uri: ConnectionURI) -> Host:
    """Return the host behind a connection URI.

    Raises GuestError if libvirt-python is missing or there is no connection; so do the host's attributes if libvirt
    does not answer.
    """
    asked = LiveConnection(uri)
    return Host(
        capabilities=read_element(Capabilities, asked.parsed(asked.capabilities())),
        driver=uri.hypervisor,
        is_session=uri.is_session,
        is_remote=uri.is_remote,
        networks=asked.documents("network"),
        pools=asked.documents("pool"),
        volumes=_Volumes(asked),
        node_devices=asked.documents("device"),
        interfaces=asked.documents("interface"),
        domains=asked.documents("domain"),
        domain_capabilities_source=_DomainCapabilitiesFrom(asked),
        is_told=True,
    )


class LiveConnection:
    """A connection to libvirt that tells everything as text, and changes nothing.

    Raises GuestError if libvirt-python is missing or there is no connection.
    """

    def __init__(self, uri: ConnectionURI) -> None:
        self._shown = str(uri)
        try:
            module = libvirt()
        except LibvirtMissingError:
            raise GuestError(
                "needs libvirt-python, which is not installed", field="uri", value=self._shown, untold="host"
            ) from None
        try:
            # Domain capabilities are not told to those who may only read.
            self._connection = opened(module, self._shown)
        except LibvirtError as error:
            raise self._failed(error) from None
        self._link = Link(module, self._connection)

    def capabilities(self) -> str:
        """Return what `virsh capabilities` prints."""
        try:
            return self._answer(lambda: str(self._connection.getCapabilities()))
        except LibvirtError as error:
            raise self._failed(error) from None

    def domain_capabilities(
        self,
        arch: str | None = None,
        machine: str | None = None,
        virttype: str | None = None,
        emulator: str | None = None,
    ) -> str | None:
        """Return what `virsh domcapabilities` prints, None if there is nothing for such guests."""
        return self._unless_refused(
            lambda: str(self._connection.getDomainCapabilities(emulator, arch, machine, virttype))
        )

    def texts(self, kind: str) -> list[str]:
        """Return the documents of a kind, such as "network"; none if the driver has no such thing."""
        found = self._unless_refused(lambda: list(getattr(self._connection, _LISTS[kind])())) or []
        return self._descriptions(found)

    def volume_texts(self, pool: str) -> list[str]:
        """Return the volumes of a pool; none if it is not active."""
        found = self._unless_refused(lambda: list(self._connection.storagePoolLookupByName(pool).listAllVolumes()))
        return self._descriptions(found or [])

    def documents(self, kind: str) -> Documents[Any]:
        """Return the documents of a kind, which are asked for when somebody looks at them."""
        return Documents(lambda: (class_of(kind), [self.parsed(text) for text in self.texts(kind)]))

    def parsed(self, text: str) -> etree._Element:
        """Return the root element of an answer. Raises GuestError if it is not XML."""
        try:
            return parse_text(text)
        except ParseError as error:
            raise GuestError(f"libvirt's answer is not XML: {error}", field="uri", value=self._shown) from None

    def _descriptions(self, found: Sequence[Any]) -> list[str]:
        # libvirt lists things in no order.
        found = sorted(found, key=lambda each: each.name())
        texts = [self._unless_refused(lambda each=each: str(each.XMLDesc(0))) for each in found]  # type: ignore[misc]
        return [text for text in texts if text is not None]

    def _unless_refused(self, ask: Callable[[], T]) -> T | None:
        """Return an answer, None if there is no such thing. Raises GuestError for any other error."""
        try:
            return self._answer(ask)
        except _REFUSALS:
            return None
        except LibvirtError as error:
            raise self._failed(error) from None

    def _answer(self, ask: Callable[[], T]) -> T:
        with self._link.errors():
            return ask()

    def _failed(self, error: LibvirtError) -> GuestError:
        return GuestError(str(error), field="uri", value=self._shown)


class _Volumes(Mapping[str, "Sequence[StorageVolume]"]):
    """The volumes of each pool, by the pool's name."""

    def __init__(self, asked: LiveConnection) -> None:
        self._asked = asked
        self._pools: list[str] | None = None
        self._found: dict[str, Documents[Any]] = {}

    def _names(self) -> list[str]:
        if self._pools is None:
            self._pools = [self._asked.parsed(text).findtext("name") or "" for text in self._asked.texts("pool")]
        return self._pools

    def __getitem__(self, pool: str) -> Sequence[StorageVolume]:
        if pool not in self._names():
            raise KeyError(pool)
        if pool not in self._found:
            asked = self._asked
            self._found[pool] = Documents(
                lambda: (class_of("volume"), [asked.parsed(text) for text in asked.volume_texts(pool)])
            )
        return self._found[pool]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())


class _DomainCapabilitiesFrom:
    """Asks for domain capabilities, once for each kind of guest."""

    def __init__(self, asked: LiveConnection) -> None:
        self._asked = asked
        self._found: dict[tuple[str | None, ...], DomainCapabilities | None] = {}

    def __call__(
        self, arch: str | None, machine: str | None, virttype: str | None, emulator: str | None
    ) -> DomainCapabilities | None:
        key = (arch, machine, virttype, emulator)
        if key not in self._found:
            text = self._asked.domain_capabilities(*key)
            self._found[key] = None if text is None else read_element(DomainCapabilities, self._asked.parsed(text))
        return self._found[key]
