"""Other devices: controllers, input, file systems, sound, memory, and those that a guest has one of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...guests.hardware import XHCI_PORTS
from ...pci import pci_parts
from ..language.applied import HostdevRequest
from ..language.declaring import ABSENT, VALUE, Option, Sub
from .shared import address, boot_order, to_kibi, virtio_driver

if TYPE_CHECKING:
    from ...schema.domain import Controller, Hostdev
    from ..language.declaring import Handler
    from ..language.work import Work


def _pci_address(work: Work, value: str | None) -> None:
    """Set a PCI address as it is usually written: "[DOMAIN:]BUS:SLOT.FUNCTION", in hexadecimal digits."""
    try:
        parts = pci_parts(value or "")
    except ValueError:
        raise work.error("not a PCI address, as in 0:2:1.0", value) from None
    work.set("address.type", "pci")
    for name, number in parts.items():
        work.set(f"address.{name}", str(int(number)))


def _root_ports(work: Work, value: str | None) -> None:
    """Note how many PCIe ports a new machine gets; that is no controller of its own."""
    if value is not None and not (value.isascii() and value.isdigit() and len(value) < 4):
        raise work.error("not a number of ports", value)
    work.applied.num_pcie_root_ports = None if value is None else int(value)
    work.request = "ports"


def _end_controller(work: Work) -> None:
    """Make what "usb2" and "usb3" stand for; drop a controller that nothing was said of."""
    from ...guests.defaults.controllers import usb2_companions

    controllers = work.domain.devices.controllers if work.domain.devices is not None else []
    controller: Controller = work.node  # type: ignore[assignment]
    kind: str | None = controller.type
    if not work.is_new:
        # One element is no group of them.
        controller.type = "usb" if kind in ("usb2", "usb3") else controller.type
    elif work.request == "ports":
        controllers.pop()
    elif kind == "usb3":
        # Without a model, it becomes the one that the hypervisor has.
        controller.type, controller.ports = "usb", XHCI_PORTS
    elif kind == "usb2":
        controllers += usb2_companions(controller)


CONTROLLER = Option(
    "--controller",
    "devices.controllers",
    [
        *address(),
        *virtio_driver(),
        Sub("type"),
        Sub("model"),
        Sub("index"),
        Sub("maxGrantFrames"),
        Sub("vectors"),
        Sub("master.startport", "master"),
        Sub("driver.iothread"),
        Sub("driver.queues", "driver_queues"),
        Sub("target.chassisNr"),
        Sub("target.chassis"),
        Sub("target.port"),
        Sub("target.hotplug"),
        Sub("target.busNr"),
        Sub("target.index"),
        Sub("target.node"),
        Sub("target.memReserve"),
        Sub("pcihole64"),
        Sub("pcihole64.unit"),
        Sub("serial"),
        Sub("address", handler=_pci_address),
        Sub("num_pcie_root_ports", handler=_root_ports),
    ],
    first=("type",),
    each=True,
    end=_end_controller,
)

INPUT = Option(
    "--input",
    "devices.inputs",
    [
        *address(),
        *virtio_driver(),
        Sub("type", unset_by_default_word=True),
        Sub("bus", unset_by_default_word=True),
        Sub("model"),
        Sub("source.evdev"),
        Sub("source.dev"),
        Sub("source.repeat", switch=True),
        Sub("source.grab"),
        Sub("source.grabToggle"),
    ],
    first=("type",),
    none=ABSENT,
    each=True,
)


def _start_hostdev(work: Work) -> None:
    hostdev: Hostdev = work.node  # type: ignore[assignment]
    work.request = HostdevRequest(hostdev, text=work.text)
    work.applied.hostdevs.append(work.request)


def _hostdev_name(work: Work, value: str | None) -> None:
    work.request.name = value


HOSTDEV = Option(
    "--hostdev",
    "devices.hostdevs",
    [
        *address(),
        boot_order(),
        Sub("type"),
        Sub("name", handler=_hostdev_name),
        Sub("driver.name", "driver_name"),
        Sub("driver.iommufd"),
        Sub("rom.bar", "rom_bar", switch=True),
        Sub("acpi.nodeset", comma=True),
        Sub("source.startupPolicy"),
    ],
    first=("name",),
    each=True,
    start=_start_hostdev,
)

_FILESYSTEM_SOURCES = {"template": "name", "file": "file", "block": "dev", "ram": "usage"}
"""The attribute of `<source>` that says where a file system of a type is; of others, it is a directory."""


def _filesystem_source(work: Work, value: str | None) -> None:
    work.set(f"source.{_FILESYSTEM_SOURCES.get(str(work.get('type')), 'dir')}", value)


def _end_filesystem(work: Work) -> None:
    """Leave one source: one that is said by its own name counts more than the one that stands first."""
    if "source.dir" not in work.said and any(key in work.said for key in ("source.name", "source.file", "source.dev")):
        work.set("source.dir", None)


FILESYSTEM = Option(
    "--filesystem",
    "devices.filesystems",
    [
        *address(),
        *virtio_driver(),
        Sub("type"),
        Sub("accessmode", "mode"),
        Sub("model"),
        Sub("multidevs"),
        Sub("readonly", switch=True),
        Sub("space_hard_limit", verbatim=True),
        Sub("space_soft_limit", verbatim=True),
        Sub("fmode"),
        Sub("dmode"),
        Sub("source", handler=_filesystem_source),
        Sub("target", path="target.dir"),
        Sub("source.file"),
        Sub("source.dir"),
        Sub("source.dev"),
        Sub("source.name"),
        Sub("source.pool", foreign=True),
        Sub("source.volume", foreign=True),
        Sub("source.units"),
        Sub("source.usage", verbatim=True),
        Sub("source.socket"),
        Sub("target.dir"),
        Sub("binary.path"),
        Sub("binary.xattr", switch=True),
        Sub("binary.cache.mode"),
        Sub("binary.lock.posix", switch=True),
        Sub("binary.lock.flock", switch=True),
        Sub("binary.sandbox.mode"),
        Sub("driver.format"),
        Sub("driver.name", foreign=True),
        Sub("driver.queue", verbatim=True),
        Sub("driver.type"),
        Sub("driver.wrpolicy"),
    ],
    first=("source", "target"),
    each=True,
    end=_end_filesystem,
)

SOUND = Option(
    "--sound",
    "devices.sounds",
    [
        *address(),
        Sub("model", unset_by_default_word=True),
        Sub("audio.id", verbatim=True),
        Sub("codec*.type"),
        Sub("multichannel"),
        Sub("streams"),
    ],
    first=("model",),
    none=ABSENT,
    each=True,
)

AUDIO = Option("--audio", "devices.audios", [Sub("type"), Sub("id", verbatim=True)], each=True)

WATCHDOG = Option(
    "--watchdog",
    "devices.watchdogs",
    [*address(), Sub("model", unset_by_default_word=True), Sub("action", unset_by_default_word=True)],
    first=("model",),
    each=True,
)

MEMBALLOON = Option(
    "--memballoon",
    "devices.memballoon",
    [
        *address(),
        *virtio_driver(),
        Sub("model", unset_by_default_word=True),
        Sub("autodeflate", switch=True),
        Sub("stats.period"),
        Sub("freePageReporting", switch=True),
    ],
    first=("model",),
    none=VALUE,
)


def _tpm_type(work: Work, value: str | None) -> None:
    """Set the backend; a path is that of the host's TPM."""
    if value is not None and value.startswith("/"):
        work.set("backend.type", "passthrough")
        work.set("backend.device.path", value)
    elif value != "default":
        work.set("backend.type", value)


TPM = Option(
    "--tpm",
    "devices.tpms",
    [
        *address(),
        Sub("model"),
        Sub("backend.type", "type", handler=_tpm_type),
        Sub("backend.version", "version"),
        Sub("backend.device.path", "path"),
        Sub("backend.encryption.secret"),
        Sub("backend.persistent_state", switch=True),
        Sub("backend.debug"),
        Sub("backend.source.type"),
        Sub("backend.source.path"),
        Sub("backend.profile.source"),
        Sub("backend.profile.removeDisabled"),
        Sub("backend.active_pcr_banks.sha1", switch=True),
        Sub("backend.active_pcr_banks.sha256", switch=True),
        Sub("backend.active_pcr_banks.sha384", switch=True),
        Sub("backend.active_pcr_banks.sha512", switch=True),
    ],
    first=("backend.type",),
    none=ABSENT,
    each=True,
)


def _panic_model(work: Work, value: str | None) -> None:
    """Set the model; older versions of virt-install had the port of an ISA device in its place."""
    if value is not None and value.startswith("0x"):
        work.set("model", "isa")
        _panic_port(work, value)
    else:
        work.set("model", value)


def _panic_port(work: Work, value: str | None) -> None:
    work.set("address.type", "isa")
    work.set("address.iobase", value, plain=False)


PANIC = Option(
    "--panic",
    "devices.panics",
    [
        Sub("iobase", handler=_panic_port),
        *address(),
        Sub("model", unset_by_default_word=True, handler=_panic_model),
    ],
    first=("model",),
    each=True,
)

SHMEM = Option(
    "--shmem",
    "devices.shmems",
    [
        *address(),
        Sub("name"),
        Sub("role"),
        Sub("model.type"),
        Sub("size"),
        Sub("size.unit"),
        Sub("server.path"),
        Sub("msi.vectors"),
        Sub("msi.ioeventfd"),
    ],
    first=("name",),
    each=True,
)


def _mebi(path: str) -> Handler:
    """Return a handler for a size that users give in MiB, and XML has in KiB."""

    def handle(work: Work, value: str | None) -> None:
        work.set(path, None if value is None else to_kibi(work, value))

    return handle


MEMDEV = Option(
    "--memdev",
    "devices.memories",
    [
        *address(),
        Sub("model"),
        Sub("access"),
        Sub("discard", switch=True),
        Sub("uuid"),
        Sub("target.size", "target_size", handler=_mebi("target.size")),
        Sub("target.node", "target_node"),
        Sub("target.label_size", "target_label_size", handler=_mebi("target.label.size")),
        Sub("target.block"),
        Sub("target.current"),
        Sub("target.requested"),
        Sub("target.readonly", switch=True),
        Sub("target.address_base", path="target.address.base", verbatim=True),
        Sub("source.pagesize", "source_pagesize"),
        Sub("source.path", "source_path"),
        Sub("source.nodemask", "source_nodemask", comma=True),
        Sub("source.pmem", switch=True),
        Sub("source.alignsize", handler=_mebi("source.alignsize")),
        Sub("target.dynamicMemslots"),
    ],
    first=("model",),
    each=True,
)

VSOCK = Option(
    "--vsock",
    "devices.vsock",
    [
        *address(),
        *virtio_driver(),
        Sub("model", unset_by_default_word=True),
        Sub("cid.auto", "auto_cid", switch=True),
        Sub("cid.address", "cid"),
    ],
    first=("model",),
    none=ABSENT,
)

IOMMU = Option(
    "--iommu",
    "devices.iommus",
    [
        Sub("model"),
        Sub("driver.aw_bits"),
        Sub("driver.intremap", switch=True),
        Sub("driver.caching_mode", switch=True),
        Sub("driver.eim", switch=True),
        Sub("driver.iotlb", switch=True),
    ],
    first=("model",),
    each=True,
)

PSTORE = Option("--pstore", "devices.pstore", [Sub("backend"), Sub("path"), Sub("size")])
