"""What libvirt adds by itself beside devices: defaults of what was wanted, and nothing that stands for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.compare.paths import step
from virtxml.element import FLAG
from virtxml.schema.domain import Domain

if TYPE_CHECKING:
    from virtxml.element import Field
    from virtxml.node import Node

_OWN_FIELDS = {
    "domain": frozenset(
        [
            "@id",
            "@type",
            "name",
            "uuid",
            "memory",
            "currentMemory",
            "maxMemory",
            "vcpu",
            "vcpus",
            "numatune",
            "resource",
            "os",
            "features",
            "cpu",
            "clock",
            "on_poweroff",
            "on_reboot",
            "on_crash",
            "pm",
            "devices",
            "seclabel",
        ]
    ),
    "network": frozenset(
        [
            "@connections",
            "name",
            "uuid",
            "forward",
            "bridge",
            "mac",
        ]
    ),
}
"""What libvirt adds to documents, the other fields of which are only there if somebody wants them."""
_FILLED = frozenset(
    [
        "firmware/feature",
        "domain/seclabel",
        "cpu/feature",
        "iothreadids/iothread",
        "distances/sibling",
        "vcpus/vcpu",
        "source/seclabel",
        "disks/disk",
    ]
)
"""Lists that libvirt adds to, though there is something in them."""
_ORDERED = frozenset(
    [
        "os/boot",
        "redirfilter/usbdev",
        "commandline/arg",
        "dns/forwarder",
    ]
)
"""Lists in which it means something what is first."""
_ASKED_FOR = frozenset(
    [
        "network/ip",
        "network/portgroup",
        "network/route",
        "dhcp/host",
        "dhcp/range",
        "dns/host",
        "dns/srv",
        "dns/txt",
        "dns/forwarder",
        "ip/tftp",
        "filter/rule",
        "filter/filterref",
        "domain/seclabel",
        "cputune/vcpupin",
        "cputune/iothreadpin",
        "memtune/page",
        "source/host",
    ]
)
"""Lists that are as empty as somebody leaves them."""


def adds_field(actual: Node, field: Field) -> bool:
    """Tell whether libvirt sets a field by itself where nobody wants it: flags nearly never."""
    if field.role == FLAG:
        # Nothing can be written to a CD.
        return field.xml == "readonly" and getattr(actual, "device", None) == "cdrom"
    if isinstance(actual, Domain) and field.name == "iothreads" and actual.iothreadids is not None:
        return actual.iothreads == len(actual.iothreadids.iothreads)
    own = _OWN_FIELDS.get(actual.xml_name)
    return own is None or step(field) in own


def adds_items(actual: Node, field: Field, beside: bool) -> bool:
    """Tell whether libvirt adds items to a list by itself, be it ``beside`` others that are wanted or not."""
    place = f"{actual.xml_name}/{step(field)}"
    if place in _FILLED:
        return True
    return not beside and place not in _ASKED_FOR and adds_field(actual, field)


def is_ordered(owner: Node, field: Field) -> bool:
    """Tell whether the order of a list means something, in which libvirt writes it, too."""
    return f"{owner.xml_name.rpartition('}')[2]}/{step(field)}" in _ORDERED
