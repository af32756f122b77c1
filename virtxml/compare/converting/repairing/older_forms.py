"""How the same thing was written before there was a newer way to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from virtxml.relaxng.diagnosis.finding import Kind

if TYPE_CHECKING:
    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.finding import Finding


class Written(NamedTuple):
    """How an attribute was written before.

    Attributes:
        attribute: its name.
        value: its value.
    """

    attribute: str
    value: str


def older_form(finding: Finding) -> Written | None:
    """Return how what a finding is about was written before; None if it was not."""
    element, name, value = finding.element, finding.attribute, finding.value
    if finding.kind is Kind.MISSING_ATTRIBUTE and element.tag == "maxMemory" and "slots" in finding.missing:
        return Written("slots", str(_memory_devices(element)))
    if finding.kind is not Kind.WRONG_VALUE:
        return None
    if value.endswith("-transitional"):
        # "virtio" is the one or the other, by the kind of slot (since 5.2.0 it can be said which).
        scsi = element.tag == "controller" and element.get("type") == "scsi"
        return Written(name, "virtio-scsi" if scsi else "virtio")
    if (element.tag, name, value) == ("cpu", "mode", "maximum"):
        root = element.getroottree().getroot()
        # With hardware virtualization, both are the same (libvirt's documentation of domains, since 7.1.0).
        return Written(name, "host-passthrough") if root.get("type") in ("kvm", "hvf") else None
    return None


def _memory_devices(element: _Element) -> int:
    """Return how many slots a guest needs for its memory devices: before 9.8.0, each is in one."""
    return max(1, len(element.getroottree().getroot().findall("devices/memory")))
