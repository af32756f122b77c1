"""On which buses keyboards, mice and tablets are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Input
    from ....guest import Guest

_PS2 = frozenset(["mouse", "keyboard"])
_AGES = frozenset(["virtio-transitional", "virtio-non-transitional"])


@rule(
    "VX736",
    "input-bus",
    "domain/devices/input",
    words="ps2 bus does not support tablet input device",
    early=True,
    bad="""
<devices>
  <input type='tablet' bus='ps2'/>
</devices>
""",
    good="""
<devices>
  <input type='tablet' bus='usb'/>
</devices>
""",
)
def input_bus(device: Input, guest: Guest) -> Iterator[Problem]:
    """An input device is on a bus that has no such devices.

    PS/2 has keyboards and mice, Xen's bus is for guests that know Xen, models of virtio are on virtio's bus, and evdev
    is on none.
    """
    bus, kind = device.bus, device.type
    os_type = guest.os.type.value if guest.os is not None and guest.os.type is not None else None
    if os_type == "hvm":
        if bus == "ps2" and kind not in _PS2:
            yield Problem(
                device, "bus", "there are no PS/2 devices of type {type}", fix=put(device, "bus", "usb"), type=kind
            )
        if bus == "xen":
            yield Problem(device, "bus", "this is no guest that knows Xen", fix=drop(device, "bus"))
    elif os_type in ("xen", "xenpvh") and bus is not None and bus != "xen":
        yield Problem(device, "bus", "guests that know Xen have no bus {bus}", fix=put(device, "bus", "xen"), bus=bus)
    if kind == "passthrough" and bus is not None and bus != "virtio":
        yield Problem(device, "bus", "only virtio hands devices of the host on", fix=put(device, "bus", "virtio"))
    elif kind == "evdev" and bus is not None:
        yield Problem(device, "bus", "evdev is on no bus", fix=drop(device, "bus"))
    elif device.model is not None and bus is None and guest.is_x86 and guest.driver == "qemu":
        yield Problem(
            device,
            "bus",
            "{model} is on virtio's bus, which is not what libvirt puts it on by itself",
            fix=put(device, "bus", "virtio"),
            model=device.model,
        )
    elif device.model is not None and bus is not None and bus != "virtio":
        yield Problem(
            device,
            "model",
            "{model} is on virtio's bus, not on {bus}",
            fix=drop(device, "model"),
            model=device.model,
            bus=bus,
        )


@rule(
    "VX737",
    "virtio-transitional",
    "domain/devices/input",
    words="virtio (non-)transitional models are not supported for input type=mouse",
    drivers=("qemu",),
    since="8.1.0",
    early=True,
    bad="""
<devices>
  <input type='mouse' bus='virtio' model='virtio-non-transitional'/>
</devices>
""",
    good="""
<devices>
  <input type='mouse' bus='virtio'/>
</devices>
""",
)
def virtio_transitional(device: Input, guest: Guest) -> Iterator[Problem]:
    """An input device is to know the old virtio or not, and QEMU has one kind.

    QEMU's virtio input devices only know virtio 1.0.
    """
    if device.model in _AGES and device.bus in (None, "virtio"):
        yield Problem(
            device,
            "model",
            "QEMU has no input devices of the model {model}",
            fix=drop(device, "model"),
            model=device.model,
        )
