"""All devices of a guest that have no table of their own: whatever there is of any kind, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.cpu_sets import cpu_set_text

from ..screen import Fact, Facts
from ..words import of_device, parts, said
from .names import devices_of, element_name, kind_of

if TYPE_CHECKING:
    from virtxml.schema.domain import Devices

    from ..screen import Block

_ELSEWHERE = ("disk", "interface", "tpm", "controller")
"""What other sections show, or another row."""


def devices(found: Devices | None) -> list[Block]:
    """Return a row for each device, one for those that are alike, and the controllers behind them."""
    if found is None:
        return []
    alike: dict[tuple[str, tuple[str, ...]], int] = {}
    for device in devices_of(found):
        if element_name(device) not in _ELSEWHERE or isinstance(device, AnyElement):
            key = (kind_of(device), tuple(of_device(device)))
            alike[key] = alike.get(key, 0) + 1
    rows = [(kind, [*([f"{number} x"] if number > 1 else []), *words]) for (kind, words), number in alike.items()]
    rows += [("controller", words) for words in _controllers(found)]
    rows += [("emulator", [said(found, "emulator")])] if found.emulator else []
    shown: list[Fact] = []
    for index, (kind, words) in enumerate(rows):
        repeated = index > 0 and rows[index - 1][0] == kind
        shown.append(Fact("" if repeated else kind, _joined(words) or ["yes"]))
    return [Facts(shown)] if shown else []


def _joined(words: list[str]) -> list[str]:
    """Return parts with the number of devices that are alike before the first of them."""
    return [" ".join(words[:2]), *words[2:]] if words and words[0].endswith(" x") else words


def _controllers(found: Devices) -> list[list[str]]:
    """Return what is said of controllers, of those that are alike but for their numbers at once."""
    alike: dict[tuple[str, ...], list[Any]] = {}
    for controller in found.controllers:
        target = controller.target
        words = [said(controller, "type"), said(controller, "model")]
        name = said(controller.model_element, "name")
        plain = ("model_element",) if name == said(controller, "model") else ()
        words += of_device(controller, ("type", "model", "index", "target", "master", *plain))
        # The tree of buses shows what these two are for.
        words += parts(target, ("chassis", "port")) if target is not None else []
        alike.setdefault(tuple(words), []).append(controller.index)
    rows = []
    for (kind, model, *rest), numbers in alike.items():
        known = [number for number in numbers if isinstance(number, int) and number >= 0]
        others = [str(number) for number in numbers if number is not None and number not in known]
        which = ",".join([*([cpu_set_text(known)] if known else []), *others])
        rows.append([" ".join(filter(None, [kind, which, model])), *rest])
    return rows
