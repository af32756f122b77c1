"""Which settings interfaces of a type have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest

_BRIDGED = frozenset(["network", "bridge"])
_TAP = frozenset(["network", "bridge", "ethernet"])
_QUEUED = _TAP | {"direct", "vhostuser", "vdpa"}
_TAKEN = {
    "mtu": _TAP | {"vhostuser"},
    "coalesce": _BRIDGED,
    "ips": frozenset(["user", "vdpa"]),
    "routes": frozenset(["vdpa"]),
}
"""The types that have a setting, by its field, for guests of QEMU."""
_PASST = {"mtu", "ips"}
"""The settings that interfaces of any type have if passt is behind them."""
_VDPA_ALONE = "11.1.0"
"""Since when vDPA interfaces give no addresses to guests."""


@rule(
    "VX701",
    "interface-setting-for-type",
    "domain/devices/interface",
    words="setting MTU on interface type user is not supported yet",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <interface type='user'>
    <mtu size='9000'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='user'/>
</devices>
""",
)
def interface_setting_for_type(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has a setting that its type does not have.

    QEMU's driver sets the MTU of tap devices and vhost-user sockets only, coalesces frames of bridges only, gives
    addresses to guests through user networking only, and routes to none.
    """
    kind = interface.type
    passt = interface.backend is not None and interface.backend.type == "passt"
    for field, types in _TAKEN.items():
        value = getattr(interface, field)
        refused = field == "ips" and kind == "vdpa" and guest.since(_VDPA_ALONE)
        if not value or (kind in types and not refused) or (passt and field in _PASST):
            continue
        if _says_something(field, value):
            yield Problem(
                interface,
                field,
                "interfaces of type {type} have no <{setting}>",
                fix=drop(interface, field),
                type=kind,
                setting=type(interface).xml_fields[field].xml,
            )


def _says_something(field: str, value: Any) -> bool:
    """Tell whether a setting is more than an empty element."""
    if field == "mtu":
        return bool(value.size)
    if field == "coalesce":
        return value.rx is not None and value.rx.frames is not None and value.rx.frames.max is not None
    return True


@rule(
    "VX712",
    "interface-host-setting-for-type",
    "domain/devices/interface",
    words="Invalid attempt to set network interface host-side IP route and/or address info",
    early=True,
    bad="""
<devices>
  <interface type='direct'>
    <source dev='eth0'/>
    <port isolated='yes'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='direct'>
    <source dev='eth0'/>
  </interface>
</devices>
""",
)
def interface_host_setting_for_type(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has a setting of the host's end that its type does not have.

    Addresses and routes of the host's end, and a device that is made by somebody else, are for type 'ethernet';
    isolation is for ports of Linux bridges.
    """
    kind = interface.type
    source, target, port = interface.source, interface.target, interface.port
    if kind != "ethernet":
        if source is not None:
            for field in ("ips", "routes"):
                if getattr(source, field):
                    yield Problem(
                        source,
                        field,
                        "only interfaces of type ethernet set up the host's end",
                        fix=drop(source, field),
                    )
        if target is not None and target.managed is False:
            yield Problem(
                target,
                "managed",
                "only interfaces of type ethernet can take a device that somebody else has made",
                fix=drop(target, "managed"),
            )
    if port is not None and port.isolated:
        profile = interface.virtualport.type if interface.virtualport is not None else None
        if kind not in _BRIDGED or profile:
            yield Problem(
                port,
                "isolated",
                "only ports of Linux bridges can be isolated",
                help="drop isolated, or connect it to a bridge or network without a virtual port",
                fix=drop(interface, "port"),
            )


@rule(
    "VX714",
    "interface-setting-fails-at-start",
    "domain/devices/interface",
    words="multiqueue is not supported for network interfaces of type user",
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <interface type='user'>
    <model type='virtio'/>
    <driver queues='4'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='user'>
    <model type='virtio'/>
    <driver/>
  </interface>
</devices>
""",
)
def interface_setting_fails_at_start(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has a setting with which the guest does not start.

    libvirt looks at these only when it knows what the interface is connected to: several queues and devices for taps
    are for tap devices, tags of VLANs for assigned devices, macvtap in passthrough mode and bridges that know VLANs,
    limits of bandwidth for all but assigned devices, and scripts for type ethernet.
    """
    kind = interface.type
    driver, backend, filters = interface.driver, interface.backend, interface.filterref
    model = interface.model.type if interface.model is not None else None
    if driver is not None and kind not in _QUEUED and kind != "hostdev" and (model or "").startswith("virtio"):
        queues = driver.queues
        if isinstance(queues, int) and queues > 1:
            yield Problem(
                driver,
                "queues",
                "interfaces of type {type} have one queue",
                fix=drop(driver, "queues"),
                type=kind,
            )
    if backend is not None and backend.tap and kind not in _TAP:
        yield Problem(
            backend, "tap", "interfaces of type {type} use no tap device", type=kind, fix=drop(backend, "tap")
        )
    if interface.vlan is not None and kind != "network" and not _tags(interface, guest):
        yield Problem(
            interface,
            "vlan",
            "interfaces of type {type} cannot tag frames",
            help="tags take an assigned device, macvtap in passthrough mode, or an Open vSwitch bridge",
            type=kind,
        )
    if interface.bandwidth is not None and kind == "hostdev":
        yield Problem(
            interface, "bandwidth", "bandwidth of assigned devices cannot be limited", fix=drop(interface, "bandwidth")
        )
    if interface.script is not None and interface.script.path and kind != "ethernet":
        yield Problem(
            interface, "script", "only interfaces of type ethernet run scripts", fix=drop(interface, "script")
        )
    profile = interface.virtualport.type if interface.virtualport is not None else None
    if filters is not None and profile and kind == "bridge":
        yield Problem(filters, "", "frames of a virtual port of type {profile} cannot be filtered", profile=profile)


def _tags(interface: Interface, guest: Guest) -> bool:
    kind = interface.type
    if kind == "direct":
        return interface.source is not None and interface.source.mode == "passthrough"
    if kind == "bridge":
        profile = interface.virtualport.type if interface.virtualport is not None else None
        return profile == "openvswitch" or (profile is None and guest.since("11.0.0"))
    return kind == "hostdev"


@rule(
    "VX800",
    "interface-type",
    "domain/devices/interface",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <interface type='null'/>
</devices>
""",
    good="""
<devices>
  <interface type='user'/>
</devices>
""",
)
def interface_type(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface is of a type of another hypervisor.

    Types null and vds are VMware's. QEMU's driver takes such a guest and has no way to start it: some releases of
    libvirt crash.
    """
    if interface.type in ("null", "vds"):
        yield Problem(interface, "type", "guests of QEMU have no interfaces of type {type}", type=interface.type)


@rule(
    "VX720",
    "interface-filter-ignored",
    "domain/devices/interface",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    when="filterref",
    bad="""
<devices>
  <interface type='user'>
    <filterref filter='clean-traffic'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='user'/>
</devices>
""",
)
def interface_filter_ignored(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has a filter that is dropped.

    Filters are for interfaces on bridges and networks and for tap devices. libvirt drops those of other interfaces
    without a word, so what they should keep out comes in.
    """
    if interface.filterref is not None and interface.type not in _TAP:
        yield Problem(
            interface,
            "filterref",
            "libvirt drops the filter of an interface of type {type}",
            help="only interfaces of types network, bridge and ethernet are filtered",
            fix=drop(interface, "filterref"),
            type=interface.type,
        )


@rule(
    "VX976",
    "interface-managed-missing",
    "domain/devices/interface",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <interface type='hostdev'>
    <source>
      <address type='pci' domain='0x0000' bus='0x3b' slot='0x10' function='0x0'/>
    </source>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='hostdev' managed='yes'>
    <source>
      <address type='pci' domain='0x0000' bus='0x3b' slot='0x10' function='0x0'/>
    </source>
  </interface>
</devices>
""",
)
def interface_managed_missing(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """A network card of the host is handed over, and nothing says who takes it from the host's driver.

    Without managed, libvirt writes managed='no': the guest does not start as long as the host uses the card.
    """
    if interface.type == "hostdev" and interface.managed is None:
        yield Problem(
            interface,
            "managed",
            "libvirt leaves the card to the host's driver, so that the guest does not start",
            help="managed='yes' takes it from the host, managed='no' says that this is done elsewhere",
            fix=put(interface, "managed", value=True, says="set managed to yes", safe=False),
        )
