"""A guest's network cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.calls.values import get, items
from virtxml.python_code.chains import Call, call

from .hostdevs import pci_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain, Interface


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    yield from items(domain, "devices.interfaces", _card, add=True)


def _card(card: Interface) -> list[Call]:
    """Return calls for a card: one that leaves its model to the builder, and one that names it."""
    mac, boot, vlan = get(card, "mac.address"), get(card, "boot.order"), get(card, "vlan.tags.0.id")
    if card.type == "hostdev":
        return [call("hostdev_network", pci_name(get(card, "source.address_element")), mac=mac, vlan=vlan, boot=boot)]
    common = {"mac": mac, "boot": boot, "link": get(card, "link.state")}
    wired = common | {
        "filter": get(card, "filterref.filter"),
        "target": get(card, "target.dev"),
        "mtu": get(card, "mtu.size"),
        "queues": get(card, "driver.queues"),
        "vlan": vlan,
        "isolated": get(card, "port.isolated"),
    }
    models = (None, get(card, "model.type"))
    if card.type == "network":
        name, group = get(card, "source.network"), get(card, "source.portgroup")
        named = None if name == "default" else name
        return [call("network", named, model=model, **wired, portgroup=group) for model in models]
    if card.type == "bridge":
        return [call("bridge", get(card, "source.bridge"), model=model, **wired) for model in models]
    if card.type == "direct":
        mode = None if get(card, "source.mode") == "bridge" else get(card, "source.mode")
        common |= {"mtu": wired["mtu"], "queues": wired["queues"]}
        return [call("direct", get(card, "source.dev"), mode=mode, model=model, **common) for model in models]
    if card.type == "user":
        return [call("user_network", model=model, **common, backend=get(card, "backend.type")) for model in models]
    return []
