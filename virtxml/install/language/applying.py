"""Put all that was said onto a domain, option by option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..options import DESTINATIONS, find_option
from .applied import Applied
from .declaring import ABSENT, VALUE
from .late import remember_actions, run
from .occasion import Occasion, element_class
from .paths import is_empty

if TYPE_CHECKING:
    from ...node import Node
    from ...schema.domain import Domain
    from ..command_line.said import Arguments, OptionString
    from .declaring import Option

_REQUESTED = ("devices.disks", "devices.interfaces", "devices.hostdevs")
"""Devices that need decisions before they are part of the domain."""


def apply(arguments: Arguments, domain: Domain) -> Applied:
    """Put all that the arguments say onto a domain, and return what they say beside that.

    Options are applied in virt-install's order, and so are the sub-options of each; what is applied later wins. Devices
    are appended to `domain.devices`, but disks, interfaces and host devices, which need decisions: they are returned.

    Raises InstallError for sub-options and values that are wrong.
    """
    from ..command_line.old import modernized

    applied = Applied()
    modern = modernized(arguments, applied)
    for destination in DESTINATIONS:
        occurrences = modern.compound.get(destination, [])
        if occurrences:
            _apply_option(destination, find_option(destination), occurrences, domain, applied)
    return applied


def _apply_option(
    destination: str, option: Option, occurrences: list[OptionString], domain: Domain, applied: Applied
) -> None:
    for occurrence in occurrences:
        if occurrence.text == "none" and option.none != VALUE:
            if option.none == ABSENT:
                applied.none.add(destination)
                applied.given.add(destination)
            continue
        applied.given.add(destination)
        if occurrence.text in ("", "default"):
            applied.default[destination] = applied.default.get(destination, 0) + 1
        occasion = Occasion(option, occurrence, domain, applied)
        _give_element(occasion)
        occasion.run()
        _drop_empty(occasion)
        remember_actions(occasion, inside=bool(option.element))
        applied.said.setdefault(destination, []).append(occasion.said)


def apply_onto(node: Node, destination: str, occurrence: OptionString, domain: Domain, applied: Applied) -> None:
    """Put what an occurrence says onto an element of a domain that was there before; it gets nothing else.

    Raises InstallError for sub-options and values that are wrong.
    """
    option = find_option(destination)
    applied.given.add(destination)
    occasion = Occasion(option, occurrence, domain, applied)
    occasion.node = node
    occasion.is_new = False
    occasion.run()
    remember_actions(occasion, inside=bool(option.element))
    applied.said.setdefault(destination, []).append(occasion.said)


def _give_element(occasion: Occasion) -> None:
    """Find or make the element that an occurrence is about, and put it where it belongs."""
    option = occasion.option
    cls = element_class(option)
    if option.element is None or cls is None:
        return
    holder: Any = occasion.domain
    *way, last = option.element.split(".") if option.element else ["", ""]
    if not last:
        occasion.node = occasion.domain
        return
    for name in way:
        inner = getattr(holder, name)
        if inner is None:
            inner = holder.xml_fields[name].target()
            setattr(holder, name, inner)
        holder = inner
    field = holder.xml_fields[last]
    here = getattr(holder, last)
    found: Node | None = (here[-1] if here else None) if field.many else here
    if option.each or found is None:
        found = cls()
        if option.element in _REQUESTED:
            pass
        elif field.many:
            here.append(found)
        else:
            setattr(holder, last, found)
    occasion.node = found


def _drop_empty(occasion: Occasion) -> None:
    """Take an element out again, which is no device, if nothing is left in it."""
    path = occasion.option.element
    if path and "." not in path and not occasion.option.each and occasion.node is not None and is_empty(occasion.node):
        holder: Any = occasion.domain
        if occasion.domain.xml_fields[path].many:
            setattr(holder, path, [node for node in getattr(holder, path) if node is not occasion.node])
        else:
            setattr(holder, path, None)


def run_late_actions(applied: Applied, domain: Domain) -> Domain:
    """Return a domain after `--xml` and `xpathN.*`; the same object if there are none.

    Call it for each document, when all defaults are set: until then, elements that actions start from carry a mark.
    Raises InstallError for an XPath that is wrong, or that finds nothing to start from.
    """
    return run(applied, domain)
