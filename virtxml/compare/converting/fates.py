"""What libvirt does with what its release does not know: it passes over most names, and refuses most values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.relaxng.diagnosis.finding import Kind

from .repairing.searching import LACKS

if TYPE_CHECKING:
    from virtxml.relaxng.diagnosis.finding import Finding

    from .report import Fate

_SWITCHES = ("features", "hyperv", "kvm", "xen")
"""Elements of guests whose children libvirt looks up in a list: it refuses one that is not there."""
_FORMS = (Kind.WRONG_FORM, Kind.WRONG_ORDER)


def fate(finding: Finding, lacks: Finding | None = None) -> Fate:
    """Return what libvirt does with what a finding is about; ``lacks`` is what then lacks something, if it is told.

    It reads the attributes and children that it looks for, and sees no others. What it looks for and misses, or does
    not understand, it refuses, unless only its schema is stricter about how a text is formed.
    """
    if finding.kind in _FORMS:
        return "unclear"
    if finding.kind in LACKS or finding.kind is Kind.WRONG_VALUE:
        return "refused"
    if lacks is not None and finding.kind is Kind.ANOTHER_VARIANT:
        return "refused"  # something else has to be there
    parent = finding.element.getparent()
    if not finding.attribute and parent is not None and parent.tag in _SWITCHES and _is_of_guest(finding):
        return "refused"
    return "ignored"


def _is_of_guest(finding: Finding) -> bool:
    return any(one.tag == "domain" for one in finding.element.iterancestors())
