"""Pairs of interfaces that stand in for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest


@rule(
    "VX708",
    "interface-teaming",
    "domain/devices/interface",
    words="teaming persistent attribute must be set if teaming type is 'transient'",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <teaming type='persistent' persistent='ua-backup'/>
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
    """The interfaces of a team do not know each other, or cannot stand in for each other.

    The persistent one is a virtio card that stays when the guest moves; the transient one is an assigned device, which
    names the alias of the other.
    """
    teaming = interface.teaming
    if teaming is None:
        return
    if teaming.type == "transient":
        if not teaming.persistent:
            yield Problem(teaming, "persistent", "the transient one of a team names the alias of the other")
        if guest.driver == "qemu" and interface.type not in ("hostdev", "network"):
            yield Problem(
                teaming,
                "type",
                "the transient one of a team is an assigned device, not of type {type}",
                type=interface.type,
            )
    elif teaming.type == "persistent":
        if teaming.persistent:
            yield Problem(
                teaming,
                "persistent",
                "only the transient one of a team names the other",
                fix=drop(teaming, "persistent"),
            )
        model = interface.model.type if interface.model is not None else None
        if guest.driver == "qemu" and model and not model.startswith("virtio"):
            yield Problem(teaming, "type", "the persistent one of a team is virtio, not {model}", model=model)
