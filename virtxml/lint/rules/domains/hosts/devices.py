"""Whether a host's QEMU has the devices of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .....diagnostics.display import either
from ....rule import Problem, rule
from .offers import offer, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Devices
    from ....guest import Guest


class _Kind(NamedTuple):
    """A choice that devices have, and what tells of it in domain capabilities.

    Attributes:
        devices: the field with the devices.
        path: the field of each device that chooses, behind the child that it is in.
        section, enum: what tells which values there are.
        what: how values are called, "the host has no … NAME".
        only: the values that are told of wherever there are such devices; of others, nothing is known. Empty for all.
    """

    devices: str
    path: str
    section: str
    enum: str
    what: str
    only: frozenset[str] = frozenset()


_FILESYSTEMS = frozenset(["path", "handle", "virtiofs"])
_KINDS = (
    _Kind("disks", "target.bus", "disk", "bus", "disks on the bus", frozenset(["scsi", "virtio", "usb", "sata"])),
    _Kind("disks", "model", "disk", "model", "disks of the model"),
    _Kind("graphics", "type", "graphics", "type", "graphics of the type"),
    _Kind("videos", "model.type", "video", "modelType", "video of the model"),
    _Kind("hostdevs", "type", "hostdev", "subsysType", "assignment of devices of", frozenset(["usb", "pci", "scsi"])),
    _Kind("rngs", "model", "rng", "model", "source of random numbers of the model"),
    _Kind("rngs", "backend.model", "rng", "backendModel", "source of random numbers of the kind"),
    _Kind("filesystems", "driver.type", "filesystem", "driverType", "file systems with the driver", _FILESYSTEMS),
    _Kind("tpms", "model", "tpm", "model", "TPM of the model"),
    _Kind("tpms", "backend.type", "tpm", "backendModel", "TPM of the kind"),
    _Kind("redirdevs", "bus", "redirdev", "bus", "redirection of devices of"),
    _Kind("channels", "type", "channel", "type", "channel of the type", frozenset(["spicevmc"])),
    _Kind("interfaces", "backend.type", "interface", "backendType", "interfaces with the backend"),
    _Kind("panics", "model", "panic", "model", "panic device of the model"),
    _Kind("cryptos", "model", "crypto", "model", "crypto device of the model"),
    _Kind("cryptos", "type", "crypto", "type", "crypto device of the type"),
    _Kind("cryptos", "backend.model", "crypto", "backendModel", "crypto device with the backend"),
)


@rule(
    "VX891",
    "device-not-on-host",
    "domain/devices",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: domain configuration does not support video model 'xen'",
    bad="""
<devices>
  <tpm model='tpm-spapr'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
    good="""
<devices>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
)
def device_not_on_host(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """The host's QEMU does not have a device.

    Devices depend on the version of QEMU, on how it was built, and on packages with parts of it: a QEMU without SPICE
    has neither its graphics nor its channels.
    """
    caps = offer(guest)
    if caps is None:
        return
    for kind in _KINDS:
        there: list[Any] = getattr(devices, kind.devices)
        known = values(caps, f"devices.{kind.section}", kind.enum) if there else None
        if known is not None:
            for device in there:
                node, field, value = _chosen(device, kind.path)
                if value is None or value in known or value == "default" or (kind.only and value not in kind.only):
                    continue
                yield Problem(
                    node,
                    field,
                    f"the host has no {kind.what} {{value}} for such a guest",
                    help="it has {known}" if known else "",
                    value=value,
                    known=either(known, "and"),
                )


def _chosen(device: Element, path: str) -> tuple[Element, str, str | None]:
    """Return the value of a field of a device or of its child, with the element and the field that say it."""
    child, _, field = path.rpartition(".")
    node = getattr(device, child) if child else device
    return (device, "", None) if node is None else (node, field, getattr(node, field))
