"""Which things make it another guest, or another network, when they are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .repairing.steps import Step
    from .report import Loss

_NO_DEVICES = ("audio", "emulator")
"""What is beside devices and is none: where the host plays sound, and the program that is run."""
_BY_ITSELF = {"controller": ("type", "xenbus"), "watchdog": ("model", "itco"), "video": ("model/@type", "none")}
"""Devices that a guest has, or does not have, as well where its document does not name them: by what tells them."""

_OF_GUESTS = """
    arch auth backingStore bootloader cell cipher cmdline cpu currentMemory encryption filterref firmware hyperv init
    initarg initrd kernel launchSecurity loader maxMemory memory metadata mirror nvram os portForward readonly shareable
    source transient type vcpu vlan
"""
_OF_NETWORKS = "bridge dns domain forward ip pf portgroup route srv txt virtualport"
_OF_STORAGE = "adapter capacity device dir format host include initiator name pool server target usage uuid volume"
_OF_OTHERS = "disk domainsnapshot rule"
_DATA = frozenset(f"{_OF_GUESTS} {_OF_NETWORKS} {_OF_STORAGE} {_OF_OTHERS}".split())
"""Elements that say what something is: without one, it is not the same any more."""
_ATTRIBUTES = {
    ("domain", "type"),
    ("os", "firmware"),
    ("type", "arch"),
    ("type", "machine"),
    ("loader", "stateless"),
    ("loader", "secure"),
    ("port", "isolated"),
    ("forward", "mode"),
    ("cpu", "mode"),
    ("filesystem", "accessmode"),
    *(("source", name) for name in ("bridge", "dev", "dir", "file", "name", "network", "path", "volume")),
}
"""Attributes that do so, with the elements that they are on."""
_KINDS = {("video", "model"), ("filesystem", "driver"), ("rng", "backend"), ("tpm", "backend")}
"""Elements that tell what a device is, with the devices around them: without one, it is another device."""
_RAW = {("loader", "format"), ("nvram", "format"), ("nvram", "templateFormat"), ("driver", "type")}
"""Attributes that tell how an image is to be read. Without one, it is read as raw."""


def loss(step: Step, element: _Element) -> Loss:
    """Return what is lost by a step about an element of a document."""
    if not step.takes:
        return ""
    parent = element.getparent()
    around = "" if parent is None else str(parent.tag)
    tag = str(element.tag)
    if step.attribute:
        place = tag, step.attribute
        if place == ("os", "firmware"):
            return "" if element.find("loader") is not None and (element.findtext("loader") or "").strip() else "data"
        if place in _RAW:
            return "" if element.get(step.attribute) in ("raw", None) else "data"
        return "data" if place in _ATTRIBUTES else ""
    if around == "devices":
        return "" if tag in _NO_DEVICES or _is_by_itself(element) else "device"
    if (around, tag) in _KINDS:
        return "device"
    return "data" if tag in _DATA else ""


def _is_by_itself(element: _Element) -> bool:
    """Tell whether a guest is the same without a device in its document."""
    path, value = _BY_ITSELF.get(str(element.tag), ("", ""))
    child, _, name = path.rpartition("/@")
    at = element.find(child) if child else element
    return bool(path) and at is not None and at.get(name or path) == value
