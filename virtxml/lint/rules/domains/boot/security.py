"""What Secure Boot takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import Features, FeaturesSmm
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os
    from ....guest import Guest


def _turn_smm_on(guest: Guest) -> Fix:
    """Return the fix that gives the guest System Management Mode."""

    def change() -> None:
        if guest.model.features is None:
            guest.model.features = Features()
        if guest.model.features.smm is None:
            guest.model.features.smm = FeaturesSmm()
        guest.model.features.smm.state = True

    return Fix("add <smm state='on'/> to <features>", change)


@rule(
    "VX565",
    "secure-loader",
    "domain/os",
    words="Secure boot requires SMM feature enabled",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="loader",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.secboot.fd</loader>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.secboot.fd</loader>
</os>
<features>
  <acpi/>
  <smm state='on'/>
</features>
""",
)
def secure_loader(os: Os, guest: Guest) -> Iterator[Problem]:
    """Secure Boot on a machine that does not have it, or without System Management Mode.

    The firmware keeps its keys where only System Management Mode gets at them. libvirt has that for x86_64 guests of
    the machine q35 only, and turns it on by itself only where it chooses the firmware, of which none goes without it.
    """
    loader = os.loader
    if loader is None or loader.secure is not True:
        return
    if guest.arch != "x86_64" or not guest.is_q35:
        yield Problem(
            loader,
            "secure",
            "libvirt has Secure Boot for x86_64 guests of the machine q35 only, not for {machine} of {arch}",
            machine=guest.machine,
            arch=guest.arch,
        )
        return
    features = guest.model.features
    smm = features.smm if features is not None else None
    lacking = smm.state is False if smm is not None else os.firmware is None
    if guest.complete and lacking and (os.firmware is None or guest.since("9.2.0")):
        yield Problem(
            loader,
            "secure",
            "Secure Boot takes System Management Mode, which the guest does not have",
            fix=_turn_smm_on(guest),
        )
