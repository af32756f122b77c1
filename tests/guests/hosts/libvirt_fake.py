"""A stand-in for the parts of libvirt-python that are used, so that tests need neither it nor a host."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from tests.driver.fake import FakeError
from virtxml.guests.hosts import builtin_host

VIR_ERR_NO_SUPPORT = 3
VIR_ERR_INTERNAL_ERROR = 1


class libvirtError(FakeError):  # noqa: N801 - libvirt's own name
    """libvirt's exception."""

    def __init__(self, message: str, code: int = VIR_ERR_INTERNAL_ERROR) -> None:
        super().__init__(code, message)


def _thing(name: str, text: str) -> SimpleNamespace:
    return SimpleNamespace(name=lambda: name, XMLDesc=lambda _flags: text)


class Connection:
    """A connection to a host with two networks and a pool."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def getCapabilities(self) -> str:  # noqa: N802
        self.asked.append("capabilities")
        return builtin_host("s390x").capabilities.to_xml()

    def getDomainCapabilities(self, emulator: str, arch: str, machine: str, virttype: str) -> str:  # noqa: N802
        self.asked.append(f"domain capabilities {arch} {machine} {virttype} {emulator}")
        offered = builtin_host("s390x").domain_capabilities(arch, machine, virttype, emulator)
        if offered is None:
            raise libvirtError("unsupported", VIR_ERR_NO_SUPPORT)
        return offered.to_xml()

    def listAllNetworks(self) -> list[SimpleNamespace]:  # noqa: N802
        self.asked.append("networks")
        return [_thing(name, f"<network>\n  <name>{name}</name>\n</network>\n") for name in ("zone", "default")]

    def listAllDomains(self) -> list[SimpleNamespace]:  # noqa: N802
        return [_thing("web", "<domain type='kvm'>\n  <name>web</name>\n</domain>\n")]

    def listAllInterfaces(self) -> list[SimpleNamespace]:  # noqa: N802
        raise libvirtError("no interfaces here", VIR_ERR_NO_SUPPORT)

    def listAllDevices(self) -> list[SimpleNamespace]:  # noqa: N802
        raise libvirtError("the daemon\nhas gone away")

    def listAllStoragePools(self) -> list[SimpleNamespace]:  # noqa: N802
        pool = "<pool type='dir'>\n  <name>images</name>\n  <target>\n    <path>/srv</path>\n  </target>\n</pool>\n"
        return [_thing("images", pool)]

    def storagePoolLookupByName(self, _name: str) -> SimpleNamespace:  # noqa: N802
        path = "/srv/a.img"
        volume = f"<volume>\n  <name>a.img</name>\n  <target>\n    <path>{path}</path>\n  </target>\n</volume>\n"
        return SimpleNamespace(listAllVolumes=lambda: [_thing("a.img", volume)])


class Module(SimpleNamespace):
    """The module, whose connections are all the same one."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            libvirtError=libvirtError,
            registerErrorHandler=lambda _handler, _context: None,
            open=self.opener(connection),
        )

    @staticmethod
    def opener(connection: Connection) -> Callable[[str], Connection]:
        """Return the function that connects; only one host answers."""

        def connect(uri: str) -> Connection:
            if "nobody" in uri:
                raise libvirtError("Failed to connect\nsocket")
            return connection

        return connect
