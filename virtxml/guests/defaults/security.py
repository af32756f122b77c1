"""Security labels, and memory that the host cannot read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import GuestError
from ..hardware import LAUNCH_SECURITY

if TYPE_CHECKING:
    from ..guest import Guest

_SEV_POLICY = "0x03"
_SEV_ES_POLICY = "0x07"
_FORMS = {"dac": re.compile("[^:]*:[^:]*"), "selinux": re.compile("[^:]*:[^:]*:.*")}
"""What labels of security models look like: a user and a group, or a context."""


def set_security_labels(guest: Guest) -> None:
    """Say which model of the host's a label belongs to, and that labels are made where none is given."""
    for label in guest.domain.seclabels:
        if label.model is None and label.type is not None:
            label.model = _model_of(guest, label.label)
        elif label.model is not None and label.type is None:
            label.type = "dynamic"


def _model_of(guest: Guest, label: str | None) -> str | None:
    """Return the host's first model; where the host tells what labels are like, the one that a label looks like."""
    host = guest.host.capabilities.host
    models = [model for model in host.secmodels if model.model] if host is not None else []
    if label is not None and any(model.baselabels for model in models):
        return next((name for name, form in _FORMS.items() if form.fullmatch(label)), None)
    return models[0].model if models else None


def set_launch_security(guest: Guest) -> None:
    """Set the policy of encrypted memory.

    Raises GuestError for a guest that cannot have encrypted memory, as it has another machine or no UEFI.
    """
    security = guest.domain.launch_security
    if security is None or security.type not in LAUNCH_SECURITY:
        return
    if not guest.is_q35 or not guest.boots_by_uefi:
        reason = "encrypted memory needs the machine q35 and UEFI"
        raise GuestError(reason, node=security, field="type", value=security.type)
    if security.type == "sev" and security.policy is None:
        from ...scalars import Int

        security.policy = Int(_SEV_ES_POLICY if _has_encrypted_state(guest) else _SEV_POLICY)


def _has_encrypted_state(guest: Guest) -> bool:
    told = guest.domain_capabilities
    sev = told.features.sev if told is not None and told.features is not None else None
    return sev is not None and isinstance(sev.max_es_guests, int) and sev.max_es_guests > 0
