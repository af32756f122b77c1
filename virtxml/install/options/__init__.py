"""virt-install's options: what each one puts onto a domain, or asks for.

One module for each group of options; an option is a declaration of its sub-options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..language.applied import Applied as Applied

if TYPE_CHECKING:
    from ...node import Node
    from ...schema.domain import Domain
    from ..command_line.arguments import Arguments, OptionString
    from ..language.declaring import Option
    from ..language.work import Work

__all__ = ["Applied", "apply", "run_late_actions"]

_REQUESTED = ("devices.disks", "devices.interfaces", "devices.hostdevs")
"""Devices that need decisions before they are part of the domain."""


def apply(arguments: Arguments, domain: Domain) -> Applied:
    """Put all that the arguments say onto a domain, and return what they say beside that.

    Options are applied in virt-install's order, and so are the sub-options of each; what is applied later wins. Devices
    are appended to `domain.devices`, but disks, interfaces and host devices, which need decisions: they are returned.

    Raises InstallError for sub-options and values that are wrong.
    """
    from ..command_line.old import modernized
    from .registry import DESTINATIONS, find_option

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
    from ..language.declaring import ABSENT, VALUE
    from ..language.late import remember_actions
    from ..language.work import Work

    for occurrence in occurrences:
        if occurrence.text == "none" and option.none != VALUE:
            if option.none == ABSENT:
                applied.none.add(destination)
                applied.given.add(destination)
            continue
        applied.given.add(destination)
        if occurrence.text in ("", "default"):
            applied.default[destination] = applied.default.get(destination, 0) + 1
        occasion = Work(option, occurrence, domain, applied)
        _give_element(occasion)
        occasion.run()
        _drop_empty(occasion)
        remember_actions(occasion)
        applied.said.setdefault(destination, []).append(occasion.said)


def _give_element(occasion: Work) -> None:
    """Find or make the element that an occurrence is about, and put it where it belongs."""
    from ..language.work import element_class

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


def _drop_empty(occasion: Work) -> None:
    """Take an element out again, which is no device, if nothing is left in it."""
    from ..language.paths import is_empty

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
    from ..language.late import run

    return run(applied, domain)
