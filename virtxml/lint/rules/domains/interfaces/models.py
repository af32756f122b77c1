"""What the card of an interface is, and what only virtio cards have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest

_VIRTIO_ONLY = (
    "name",
    "host",
    "guest",
    "queues",
    "rx_queue_size",
    "tx_queue_size",
    "txmode",
    "ioeventfd",
    "event_idx",
    "rss",
    "rss_hash_report",
)
"""What is dropped from the driver of cards that are not virtio."""
_VIRTIO_OPTIONS = ("iommu", "ats", "packed", "page_per_vq")
"""What is refused there."""


def _model(interface: Interface) -> str:
    return (interface.model.type if interface.model is not None else None) or ""


def _is_virtio(interface: Interface) -> bool:
    return _model(interface).startswith("virtio")


@rule(
    "VX702",
    "interface-queue-size",
    "domain/devices/interface",
    words="rx_queue_size has to be a power of two",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <driver rx_queue_size='500'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <driver rx_queue_size='512'/>
  </interface>
</devices>
""",
)
def interface_queue_size(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """The size of an interface's queue is no power of two.

    Rings of virtio have 2, 4, 8 … places.
    """
    driver = interface.driver
    if driver is None or interface.type == "hostdev" or not _is_virtio(interface):
        return
    for field in ("rx_queue_size", "tx_queue_size"):
        size = whole(getattr(driver, field))
        if size and size & (size - 1):
            yield Problem(
                driver,
                field,
                "{size} places in a queue are no power of two",
                help="{near} is one",
                fix=put(driver, field, 1 << size.bit_length() - 1, safe=False),
                size=size,
                near=1 << size.bit_length() - 1,
            )


@rule(
    "VX705",
    "interface-model-default",
    "domain/devices/interface",
    severity="info",
    phase="",
    drivers=("qemu",),
    needs=("arch",),
    when="type",
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
  </interface>
</devices>
""",
)
def interface_model_default(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface of a PC has no model, which makes it an RTL8139.

    That is what libvirt has always given to guests that ask for nothing. It is slow, and newer builds of QEMU do not
    have it.
    """
    if guest.is_x86 and not _model(interface) and interface.type in ("user", "network", "bridge", "ethernet", "direct"):
        yield Problem(interface, "model", "libvirt makes it an rtl8139", help="virtio is what new guests have")


@rule(
    "VX706",
    "interface-driver-ignored",
    "domain/devices/interface",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='e1000e'/>
    <driver queues='4'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='e1000e'/>
    <driver/>
  </interface>
</devices>
""",
)
def interface_driver_ignored(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has driver settings that only virtio cards have, and they are dropped.

    libvirt reads queues, their sizes and how they are served for virtio cards only, and drops them elsewhere.
    """
    driver = interface.driver
    if driver is None or interface.type == "hostdev" or _is_virtio(interface) or not _model(interface):
        return
    fields = [field for field in _VIRTIO_ONLY if getattr(driver, field) is not None]
    if fields:
        yield Problem(
            driver,
            fields[0],
            "libvirt drops {setting}: the card is {model}, not virtio",
            fix=drop(driver, *fields),
            setting=type(driver).xml_fields[fields[0]].xml,
            model=_model(interface),
        )


@rule(
    "VX707",
    "interface-queues-above-vcpus",
    "domain/devices/interface",
    severity="info",
    phase="",
    drivers=("qemu",),
    when="driver",
    bad="""
<vcpu>2</vcpu>
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <driver queues='4'/>
  </interface>
</devices>
""",
    good="""
<vcpu>2</vcpu>
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <driver queues='2'/>
  </interface>
</devices>
""",
)
def interface_queues_above_vcpus(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has more queues than the guest has virtual CPUs.

    Each CPU serves one pair of queues, so the others stay empty.
    """
    driver = interface.driver
    queues = whole(driver.queues) if driver is not None else None
    if driver is not None and queues and _is_virtio(interface):
        vcpus = guest.vcpus
        if vcpus is not None and queues > vcpus:
            yield Problem(
                driver,
                "queues",
                "{queues} queues for {vcpus} virtual CPUs",
                fix=put(driver, "queues", vcpus, safe=False),
                queues=queues,
                vcpus=vcpus,
            )


@rule(
    "VX713",
    "interface-virtio-options",
    "domain/devices/interface",
    words="iommu driver option is only supported for virtio devices",
    early=True,
    when="driver",
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='e1000e'/>
    <driver iommu='on'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='e1000e'/>
    <driver/>
  </interface>
</devices>
""",
)
def interface_virtio_options(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface that is not virtio has options of virtio devices.

    How a device gets at the guest's memory is a matter of virtio. libvirt refuses these options elsewhere.
    """
    driver = interface.driver
    if driver is None or not _is_other(interface, guest):
        return
    for field in _VIRTIO_OPTIONS:
        if getattr(driver, field) is not None:
            yield Problem(
                driver,
                field,
                "only virtio devices have the option {option}, and the card is {model}",
                fix=drop(driver, field),
                option=field,
                model=_model(interface) or "an rtl8139",
            )


def _is_other(interface: Interface, guest: Guest) -> bool:
    """Tell whether the card is known not to be virtio: it is said, or libvirt does not make it virtio."""
    model = _model(interface)
    if model:
        return not model.startswith("virtio")
    return guest.is_x86 and guest.driver == "qemu" and interface.type not in ("hostdev", "vhostuser", "vdpa")


@rule(
    "VX716",
    "interface-model-for-type",
    "domain/devices/interface",
    words="invalid model for interface of type 'vdpa': 'e1000' - must be 'virtio'",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <interface type='vdpa'>
    <source dev='/dev/vhost-vdpa-0'/>
    <model type='e1000e'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='vdpa'>
    <source dev='/dev/vhost-vdpa-0'/>
    <model type='virtio'/>
  </interface>
</devices>
""",
)
def interface_model_for_type(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """A vhost-user or vDPA interface is not virtio.

    Both speak virtio with the guest, so the card can be nothing else.
    """
    model = interface.model
    if interface.type == "vhostuser" and not _model(interface) and not guest.since("11.1.0"):
        yield Problem(interface, "model", "this release asks for the model virtio")
    if interface.type in ("vhostuser", "vdpa") and model is not None and model.type and not _is_virtio(interface):
        yield Problem(
            model,
            "type",
            "interfaces of type {type} are virtio, not {model}",
            fix=put(model, "type", "virtio"),
            type=interface.type,
            model=model.type,
        )
