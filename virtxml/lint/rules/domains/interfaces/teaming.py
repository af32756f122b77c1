"""Pairs of interfaces that stand in for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest


@rule(
    "VX708",
    "interface-teaming",
    "domain/devices/interface",
    words="virtio-net teaming persistent interface must be <model type='virtio'/>, not 'e1000'",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    when="teaming",
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='e1000e'/>
    <teaming type='persistent'/>
    <alias name='ua-backup'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <teaming type='persistent'/>
    <alias name='ua-backup'/>
  </interface>
</devices>
""",
)
def interface_teaming(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface cannot have the part in a team that it is given.

    The persistent one is a virtio card that stays when the guest moves, the transient one is an assigned device.
    """
    teaming = interface.teaming
    if teaming is None:
        return
    if teaming.type == "transient":
        if interface.type not in ("hostdev", "network"):
            yield Problem(
                teaming,
                "type",
                "the transient one of a team is an assigned device, not of type {type}",
                type=interface.type,
            )
    elif teaming.type == "persistent":
        model = interface.model.type if interface.model is not None else None
        if not (model.startswith("virtio") if model else not guest.is_x86):
            yield Problem(
                teaming, "type", "the persistent one of a team is virtio, not {model}", model=model or "an rtl8139"
            )
