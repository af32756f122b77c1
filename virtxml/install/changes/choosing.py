"""Which elements are meant: by number, all of them, or those that are as an option's value says."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from ...schema.domain import Domain
from ..command_line.said import OptionString
from ..errors import InstallError
from ..language.applied import Applied
from ..language.applying import apply_onto
from .settling import settle_requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...node import Node
    from .elements import Elements

_ALL = "all"
_NUMBER = re.compile(r"-?\d+")
_OF_NEW = {"disk": ("size", "format", "sparse", "backing_store", "backing_format", "pool")}
"""Sub-options that say what a new volume is to be like: no element tells them."""
_OF_ALL = re.compile(r"clearxml$|xpath\d*\.")
"""Sub-options of all options that say what is done with an element, not what it is like."""


def choose(elements: Elements, destination: str, selector: str, action: str, guest: Callable[[], Guest]) -> list[Node]:
    """Return the elements that a selector means.

    Args:
        elements: the elements of an option.
        destination: the option.
        selector: a number from 1, or from -1 at the end; "all"; or a value of the option, which means the elements
            that it would not change.
        action: the option that the selector is of, for messages.
        guest: returns the guest with its host, which is asked for devices of the host.

    Raises InstallError if nothing is meant, for a number too many, and for a selector that is wrong.
    """
    found = elements.all
    option = elements.option.name
    if _NUMBER.fullmatch(selector):
        number = int(selector)
        if not number:
            raise InstallError("elements are counted from 1, or from -1 at the end", option=action, value=selector)
        if not found:
            raise InstallError(f"there is no element of {option}", option=action, value=selector)
        if abs(number) > len(found):
            only = f"there is only 1 element of {option}"
            many = f"there are only {len(found)} elements of {option}"
            raise InstallError(only if len(found) == 1 else many, option=action, value=selector)
        return [found[number - 1 if number > 0 else number]]
    if selector != _ALL:
        found = _matching(elements, destination, OptionString(option, selector), action, guest)
    if not found:
        raise InstallError(f"no element of {option} is meant by this", option=action, value=selector)
    return found


def _matching(
    elements: Elements, destination: str, said: OptionString, action: str, guest: Callable[[], Guest]
) -> list[Node]:
    """Return the elements that are as a value of the option says: those that it would leave as they are."""
    return [node for node in elements.all if not _changes(elements, node, destination, said, guest)]


def _changes(elements: Elements, node: Node, destination: str, said: OptionString, guest: Callable[[], Guest]) -> bool:
    """Tell whether a value of the option would change an element. Raises InstallError for what no element tells."""
    applied = Applied()
    trial = deepcopy(node)
    apply_onto(trial, destination, said, Domain(), applied)
    keys = [*applied.said[destination][-1], *(key for key, _ in said.items)]
    for key in keys:
        if key in _OF_NEW.get(destination, ()) or _OF_ALL.match(key):
            raise InstallError("no element can be chosen by this", option=said.option, key=key)
    settle_requests(guest, applied, on_trial=True)
    return trial != node
