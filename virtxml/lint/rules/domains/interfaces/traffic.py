"""How much an interface may send, with which tags, and to which port of a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common import VlanTag
    from .....schema.domain import Interface
    from ....guest import Guest

_NEEDED = {
    "802.1Qbg": ("managerid", "typeid", "typeidversion"),
    "802.1Qbh": ("profileid",),
}
"""What the ports of a type cannot do without; libvirt makes up the rest."""


@rule(
    "VX709",
    "interface-bandwidth",
    "domain/devices/interface",
    words="'peak' and 'burst' require 'average' attribute",
    early=True,
    when="bandwidth",
    bad="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <bandwidth>
      <inbound average='1000' floor='200'/>
    </bandwidth>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <bandwidth>
      <inbound average='1000'/>
    </bandwidth>
  </interface>
</devices>
""",
)
def interface_bandwidth(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface's limit of bandwidth lacks its average, or guarantees what cannot be guaranteed.

    A peak and a burst say how far the average may be exceeded for a while, so there has to be one. What is guaranteed
    at least, the floor, is for what a guest receives from a network of libvirt, which shares it out.
    """
    bandwidth = interface.bandwidth
    if bandwidth is None:
        return
    inbound, outbound = bandwidth.inbound, bandwidth.outbound
    if bandwidth.class_id is not None:
        yield Problem(bandwidth, "class_id", "only networks number their classes", fix=drop(bandwidth, "class_id"))
    if inbound is not None:
        if inbound.floor is not None and interface.type != "network":
            yield Problem(
                inbound,
                "floor",
                "only networks guarantee bandwidth, and this is of type {type}",
                fix=None if inbound.average is None else drop(inbound, "floor"),
                type=interface.type,
            )
        elif inbound.average is None and not (inbound.floor and inbound.peak is None and inbound.burst is None):
            yield Problem(inbound, "average", "the bandwidth has no average")
    if outbound is not None:
        if outbound.floor is not None:
            yield Problem(
                outbound,
                "floor",
                "what a guest sends has no guaranteed bandwidth",
                fix=None if outbound.average is None else drop(outbound, "floor"),
            )
        elif outbound.average is None:
            yield Problem(outbound, "average", "the bandwidth has no average")


@rule(
    "VX718",
    "interface-native-vlan",
    "domain/devices/interface",
    words="duplicate native vlan setting",
    early=True,
    when="vlan",
    bad="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <vlan trunk='yes'>
      <tag id='42' nativeMode='untagged'/>
      <tag id='43' nativeMode='tagged'/>
    </vlan>
    <virtualport type='openvswitch'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <vlan trunk='yes'>
      <tag id='42' nativeMode='untagged'/>
      <tag id='43'/>
    </vlan>
    <virtualport type='openvswitch'/>
  </interface>
</devices>
""",
)
def interface_native_vlan(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """Two tags of an interface are for frames that come without one.

    On a trunk, frames without a tag belong to one VLAN, the native one.
    """
    vlan = interface.vlan
    if vlan is None:
        return
    native: VlanTag | None = None
    for tag in vlan.tags:
        if tag.native_mode is not None:
            if native is not None:
                yield Problem(tag, "native_mode", "another tag is for frames without one", other=native)
            native = native or tag


@rule(
    "VX719",
    "interface-virtualport",
    "domain/devices/interface",
    words="missing managerid in <virtualport type='802.1Qbg'>",
    early=True,
    when="virtualport",
    bad="""
<devices>
  <interface type='direct'>
    <source dev='eth0'/>
    <virtualport type='802.1Qbh'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='direct'>
    <source dev='eth0'/>
    <virtualport type='802.1Qbh'>
      <parameters profileid='finance'/>
    </virtualport>
  </interface>
</devices>
""",
)
def interface_virtualport(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """The virtual port of an interface says too little of the port.

    A network can say the rest, so it is only asked of interfaces that name their device themselves.
    """
    port = interface.virtualport
    if port is None or interface.type not in ("bridge", "direct", "hostdev"):
        return
    if not port.type:
        yield Problem(port, "type", "the type of the virtual port is missing")
        return
    for field in _NEEDED.get(port.type, ()):
        if port.parameters is None or getattr(port.parameters, field) is None:
            yield Problem(
                port.parameters or port,
                field if port.parameters is not None else "parameters",
                "a virtual port of type {type} has no {missing}",
                type=port.type,
                missing=field,
            )
            break
