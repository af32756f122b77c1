"""What libvirt writes in other words than it was wanted, or leaves out as nothing else is meant without it.

Measured on the documents of libvirt's own tests: what people wrote, and what libvirt made of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from virtxml.compare.meaning import says
from virtxml.compare.paths import step
from virtxml.content import AnyElement, meaning
from virtxml.difference import says_nothing, values
from virtxml.element import ATTRIBUTE, ELEMENT, VALUE
from virtxml.node import Node
from virtxml.scalars import YES_NO
from virtxml.schema.domain import CharTarget, Devices, Vcpu
from virtxml.schema.nwfilter import Rule
from virtxml.sizes import Size

from .filters import is_filtered_alike
from .runtime import is_runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.element import Field

    Alike = Callable[[Any, Any, Node, Node], bool]

_NOBODY = (-1, "-1", 4294967295)
"""The user or group that is none: libvirt's to choose."""
_LEFT_OUT: dict[str, tuple[Any, ...]] = {
    "model/@fallback": ("allow", "forbid"),
    **dict.fromkeys(["usbdev/@class", "usbdev/@vendor", "usbdev/@product", "usbdev/@version"], (-1, "-1")),
    "source/@mode": ("bind", "connect"),  # of a socket without a path
    "driver/@vgaconf": ("io",),
    "cache/@associativity": ("none",),
    "cache/@policy": ("none",),
    "permissions/owner": _NOBODY,
    "permissions/group": _NOBODY,
    "filter/@priority": (0,),
    **dict.fromkeys(["link/@speed", "mtu/@size", "ip/@prefix"], (0,)),
    "rule/@statematch": ("true", "1"),
    "protocol/@type": ("raw",),
    "frames/@max": (0,),
    "seclabel/@type": ("dynamic",),
    "seclabel/@relabel": (True,),
    "target/nocow": (True,),
    "disk/@snapshot": ("no",),
}
"""Values that libvirt does not write, for there is no other meaning without them; `nocow` is asked for only once."""
_FEATURES = ("apic", "gic", "hap", "pmu", "privnet", "pvspinlock", "smm", "vmcoreinfo", "vmport")
"""Features of a guest that are on if they are named."""
_BEING_THERE = frozenset(
    [
        ("network", "forward"),
        ("memoryBacking", "hugepages"),
        ("disk", "transient"),
        ("protocol", "dhcp"),
        *(("features", name) for name in _FEATURES),
    ]
)
"""Elements, each after that which it is in, that mean something else than nothing though they are empty."""
_CONSOLES = ("virtio", "serial", "xen", "sclp", "sclplm")
_KIB = 1024
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_left_out(owner: Node, field: Field, value: Any) -> bool:
    """Tell whether a wanted value is wanted of a document in which it does not stand, too: libvirt leaves it out."""
    pending = [(owner, field, value)]
    while pending:
        owner, field, value = pending.pop()
        if is_runtime(owner, field, value):
            continue
        if _is_off(owner, field, value):
            continue
        if isinstance(value, list) and field.role == ELEMENT:
            pending += [(owner, field, item) for item in value]
        elif isinstance(value, Node):
            if value.extra or _is_said_by_being_there(owner, field):
                return False
            if _is_only_at_run_time(value):
                continue
            inside = zip(type(value).xml_fields.values(), values(value), strict=True)
            pending += [(value, inner, found) for inner, found in inside if not says_nothing(inner, found)]
        elif value not in _LEFT_OUT.get(f"{owner.xml_name}/{step(field)}", ()):
            return False
    return True


def _is_said_by_being_there(owner: Node, field: Field) -> bool:
    """Tell whether an element says something though there is nothing in it: a device, what a rule is about."""
    return isinstance(owner, Devices | Rule) or (owner.xml_name, field.xml) in _BEING_THERE


def _is_off(owner: Node, field: Field, value: Any) -> bool:
    """Tell whether a value of any field means the same as none."""
    if field.role != ATTRIBUTE:
        return field.role == VALUE and bool(value == "")
    if isinstance(owner, Vcpu) and field.name == "current" and value == owner.value:
        return True  # all CPUs are there from the start, as they are where nobody says how many
    if field.xml == "match" and field.kind == YES_NO:
        return value is True  # what a network filter asks for has to match if nobody says that it must not
    # Libvirt writes no switch that is off unless it may be on without anybody's asking.
    return value == "default" or (value is False and field.kind == YES_NO)


def _is_only_at_run_time(value: Node) -> bool:
    """Tell whether all of an object is about how something runs: a label that is skipped is none."""
    return value.xml_name == "seclabel" and getattr(value, "labelskip", None) is True


def is_written_as(wanted_in: Node, actual_in: Node, field: Field, wanted: Any, actual: Any) -> bool:
    """Tell whether libvirt writes what is wanted of a field in this way."""
    if isinstance(wanted, Node):
        return is_runtime(wanted_in, field, wanted)
    if says(wanted_in, field, wanted) == says(actual_in, field, actual) or is_runtime(wanted_in, field, wanted):
        return True
    if isinstance(wanted, AnyElement) and isinstance(actual, AnyElement):
        return _all_in(wanted, actual)
    if (
        isinstance(wanted_in, Size)
        and wanted_in._size[::2] == (field.name, "KiB")
        and _in_kib(wanted_in) == _in_kib(actual_in)
    ):
        return True
    if isinstance(wanted, str) and _UUID.fullmatch(wanted) and wanted.lower() == str(actual).lower():
        return True
    if is_filtered_alike(wanted_in, field, wanted, actual):
        return True
    alike = _OTHERWISE.get(f"{wanted_in.xml_name}/{step(field)}")
    return alike is not None and alike(wanted, actual, wanted_in, actual_in)


def _all_in(wanted: AnyElement, actual: AnyElement) -> bool:
    """Tell whether all elements of some metadata are in another; programs add their own beside them."""
    left = [meaning(child, actual.namespaces) for child in actual.children]
    for child in wanted.children:
        said = meaning(child, wanted.namespaces)
        if said not in left:
            return False
        left.remove(said)
    return wanted.attributes == actual.attributes and wanted.text.strip() == actual.text.strip()


def _in_kib(size: Any) -> int | None:
    """Return a size as libvirt keeps it, in KiB, rounded up."""
    try:
        found = size.bytes
    except ValueError:
        return None
    return None if found is None else -(-found // _KIB)


def _machine(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether a machine is the newest one of a family, as which libvirt writes it."""
    family = {"pc": "pc-i440fx", "q35": "pc-q35"}.get(wanted, wanted)
    return re.fullmatch(rf"{re.escape(str(family))}-(rhel|focal|jammy|\w+-)?[0-9][\w.]*", str(actual)) is not None


def _with_unit(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether the name of an iSCSI target is one, to which libvirt adds the number of the unit."""
    return str(actual) == f"{wanted}/0"


def _upper(wanted: Any, actual: Any, *_: Node) -> bool:
    return str(wanted).upper() == str(actual)


def _octal(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether two modes of files are one: 644 is 0644."""
    try:
        return int(str(wanted), 8) == int(str(getattr(actual, "text", actual)), 8)
    except ValueError:
        return False


def _clean(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether two paths are one: libvirt writes no slash twice, and none at the end."""
    return re.sub(r"(?<!^)/+$", "", re.sub(r"(?<=.)/+", "/", str(wanted))) == str(actual)


def _from_now(wanted: Any, actual: Any, wanted_in: Any, actual_in: Any) -> bool:
    """Tell whether a clock that starts with so many seconds more or less is one that varies, on the same basis."""
    return isinstance(wanted_in.adjustment, int) and actual == "variable" and actual_in.basis == wanted


def _hexadecimal(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether two numbers, or UUIDs, are one: libvirt takes the digits for hexadecimal without `0x`, too."""
    try:
        one, other = (int(str(getattr(value, "text", value)).replace("-", ""), 16) for value in (wanted, actual))
    except ValueError:
        return False
    return one == other


def _decimal(wanted: Any, actual: Any, *_: Node) -> bool:
    """Tell whether two versions of USB are one: 9.4 is 9.40."""
    return str(wanted).ljust(len(str(actual)), "0") == str(actual)


def _port(wanted: Any, actual: Any, wanted_in: Any, actual_in: Any) -> bool:
    """Tell whether a port is libvirt's to choose: it says -1 until the guest runs."""
    free = (-1, 0, None)
    chosen = wanted_in.autoport is True or (wanted_in.autoport is None and wanted in free)
    return bool(chosen and (wanted in free or actual in free or actual_in.autoport is True))


def _number(_: Any, __: Any, wanted_in: Any, *___: Any) -> bool:
    """Tell whether a port is the number of a console, which libvirt counts by itself."""
    return isinstance(wanted_in, CharTarget) and wanted_in.type in _CONSOLES


def _pseries(wanted: Any, actual: Any, *_: Any) -> bool:
    """Tell whether a serial port is that of pSeries, as which libvirt takes one of a PC there."""
    return (wanted, actual) == ("isa-serial", "spapr-vio-serial")


def _of_nobody(wanted: Any, *_: Any) -> bool:
    """Tell whether it is libvirt's to choose whose a file is."""
    return wanted in _NOBODY


def _empty(wanted: Any, *_: Any) -> bool:
    """Tell whether libvirt was asked to make a value."""
    return not str(wanted).strip()


_OTHERWISE: dict[str, Alike] = {
    "type/@machine": _machine,
    "source/@name": _with_unit,
    "boot/@loadparm": _upper,
    "filesystem/@fmode": _octal,
    "filesystem/@dmode": _octal,
    "permissions/mode": _octal,
    "permissions/owner": _of_nobody,
    "permissions/group": _of_nobody,
    "dir/@path": _clean,
    "target/path": _clean,
    "clock/@offset": _from_now,
    "encryption/@secret": _hexadecimal,
    "launchSecurity/policy": _hexadecimal,
    "address/@base": _hexadecimal,
    "address/@iobase": _hexadecimal,
    "usbdev/@version": _decimal,
    "graphics/@port": _port,
    "graphics/@tlsPort": _port,
    "graphics/@websocket": _port,
    "domain/genid": _empty,
    "target/@port": _number,
    "target/@type": _pseries,
}
"""How values are compared that libvirt writes otherwise, by the name of the element and the step to the value."""
