"""A host that libvirt is asked about, through libvirt-python, as far as somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from ...codec.reading.document import parse_text, read_element
from ...errors import ParseError
from ...schema.capabilities import Capabilities
from ...schema.domaincaps import DomainCapabilities
from ..errors import GuestError
from .documents import Documents
from .host import Host
from .node import class_of

if TYPE_CHECKING:
    from lxml import etree

    from ...schema.storagevol import StorageVolume
    from .uri import Connection

T = TypeVar("T")

_LISTS = {
    "domain": "listAllDomains",
    "network": "listAllNetworks",
    "interface": "listAllInterfaces",
    "pool": "listAllStoragePools",
    "device": "listAllDevices",
}
"""The methods of a connection that list what a host has, by the elements of their documents."""

_REFUSALS = (
    "NO_SUPPORT",
    "CONFIG_UNSUPPORTED",
    "ARGUMENT_UNSUPPORTED",
    "INVALID_ARG",
    "OPERATION_INVALID",
    "NO_DOMAIN",
    "NO_NETWORK",
    "NO_INTERFACE",
    "NO_STORAGE_POOL",
    "NO_STORAGE_VOL",
    "NO_NODE_DEVICE",
)
"""libvirt's errors that say that there is no such thing: not with this driver, not for such guests, or no longer."""


def live_host(connection: Connection) -> Host:
    """Return the host behind a connection.

    Raises GuestError if libvirt-python is missing or there is no connection; so do the host's attributes if libvirt
    does not answer.
    """
    asked = LiveConnection(connection)
    return Host(
        capabilities=read_element(Capabilities, asked.parsed(asked.capabilities())),
        driver=connection.driver,
        is_session=connection.is_session,
        is_remote=connection.is_remote,
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

    def __init__(self, connection: Connection) -> None:
        self._shown = connection.shown
        try:
            self._libvirt: Any = import_module("libvirt")
        except ImportError:
            raise GuestError(
                "needs libvirt-python, which is not installed", field="uri", value=self._shown, untold="host"
            ) from None
        # Otherwise, libvirt prints what goes wrong, too.
        self._libvirt.registerErrorHandler(lambda *_error: None, None)
        with self._errors():
            # Domain capabilities are not told to those who may only read.
            self._connection = self._libvirt.open(connection.uri)

    def capabilities(self) -> str:
        """Return what `virsh capabilities` prints."""
        with self._errors():
            return str(self._connection.getCapabilities())

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
            return ask()
        except self._libvirt.libvirtError as error:
            if error.get_error_code() in [getattr(self._libvirt, f"VIR_ERR_{name}") for name in _REFUSALS]:
                return None
            raise self._failed(error) from None

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except self._libvirt.libvirtError as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> GuestError:
        return GuestError(" ".join(str(error).split()), field="uri", value=self._shown)


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
