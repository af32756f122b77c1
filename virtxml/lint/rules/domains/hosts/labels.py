"""Whether a host has the security drivers that a guest has labels for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....diagnostics.display import either
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Seclabel
    from ....guest import Guest


@rule(
    "VX951",
    "security-driver-not-on-host",
    "domain/seclabel",
    phase="start",
    drivers=("qemu",),
    needs=("capabilities",),
    words="unsupported configuration: Unable to find security driver for model selinux",
    bad="<seclabel type='dynamic' model='selinux' relabel='yes'/>",
    good="<seclabel type='dynamic' model='dac' relabel='yes'/>",
)
def security_driver_not_on_host(label: Seclabel, guest: Guest) -> Iterator[Problem]:
    """The host has no security driver of the label's model.

    `selinux` is on Fedora and its relatives, `apparmor` on Debian and Ubuntu, `dac` on all. It happens where a guest
    moves from one to the other; without `<seclabel>`, libvirt takes the drivers that there are.
    """
    host = guest.host.capabilities.host if guest.host.capabilities is not None else None
    known = [one.model for one in host.secmodels if one.model] if host is not None else []
    if known and label.model not in (None, "none", *known) and label.type != "none":
        yield Problem(
            label,
            "model",
            "the host has no security driver {model}",
            help="it has {known}",
            model=label.model,
            known=either(known, "and"),
        )
