"""How the same thing was written before there was a newer way to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from virtxml.relaxng.diagnosis.finding import Kind

if TYPE_CHECKING:
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
    if finding.kind is not Kind.WRONG_VALUE:
        return None
    element, name, value = finding.element, finding.attribute, finding.value
    if value.endswith("-transitional"):
        # "virtio" is the one or the other, by the kind of slot (since 5.2.0 it can be said which).
        scsi = element.tag == "controller" and element.get("type") == "scsi"
        return Written(name, "virtio-scsi" if scsi else "virtio")
    if (element.tag, name, value) == ("cpu", "mode", "maximum"):
        root = element.getroottree().getroot()
        # With hardware virtualization, both are the same (libvirt's documentation of domains, since 7.1.0).
        return Written(name, "host-passthrough") if root.get("type") in ("kvm", "hvf") else None
    return None
