"""Who needs ACPI, and who cannot have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import Features
from ....fixes import drop
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Iommu, Os
    from ....guest import Guest


def _has_acpi(guest: Guest) -> bool:
    features = guest.model.features
    return features is not None and features.acpi is True


def _add_acpi(guest: Guest) -> Fix:
    """Return the fix that gives the guest ACPI."""

    def change() -> None:
        if guest.model.features is None:
            guest.model.features = Features()
        guest.model.features.acpi = True

    return Fix("add <acpi/> to <features>", change)


@rule(
    "VX566",
    "uefi-requires-acpi",
    "domain/os",
    words="UEFI requires ACPI on this architecture",
    drivers=("qemu",),
    needs=("arch",),
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
)
def uefi_requires_acpi(os: Os, guest: Guest) -> Iterator[Problem]:
    """A PC has UEFI and no ACPI.

    UEFI tells the guest of its hardware by ACPI, so that the guest could not even boot.
    """
    is_pflash = os.loader is not None and os.loader.type == "pflash"
    if (os.firmware == "efi" or is_pflash) and guest.is_x86 and not _has_acpi(guest):
        by_libvirt = os.firmware == "efi"
        yield Problem(
            os if by_libvirt else os.loader or os,
            "firmware" if by_libvirt else "type",
            "UEFI takes ACPI on {arch}, which the guest does not have",
            fix=_add_acpi(guest),
            arch=guest.arch,
        )


@rule(
    "VX567",
    "acpi-requires-uefi",
    "domain/features",
    words="ACPI requires UEFI on this architecture",
    drivers=("qemu",),
    needs=("machine",),
    bad="""
<os>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='aarch64' machine='virt'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
)
def acpi_requires_uefi(features: Features, guest: Guest) -> Iterator[Problem]:
    """A guest of aarch64 has ACPI and no UEFI.

    There it is UEFI that hands ACPI's tables to the guest. Without UEFI the guest learns of its hardware from a device
    tree.
    """
    os = guest.os
    if features.acpi is not True or guest.arch != "aarch64" or not guest.is_virt:
        return
    if os is None or (os.firmware != "efi" and os.loader is None and os.varstore is None):
        yield Problem(
            features,
            "acpi",
            "ACPI takes UEFI on aarch64, which the guest does not have",
            help="ask for UEFI with firmware='efi' on <os>, or drop <acpi/>",
        )


def _has_no_acpi(guest: Guest) -> bool:
    """Tell whether QEMU has no ACPI for a machine."""
    if guest.is_s390:
        return True
    return (guest.is_arm or guest.is_riscv) and not guest.is_virt and guest.machine not in ("sbsa-ref", "none")


@rule(
    "VX568",
    "acpi-not-for-machine",
    "domain/features",
    words="machine type 's390-ccw-virtio' does not support ACPI",
    since="9.2.0",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="acpi",
    bad="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
""",
)
def acpi_not_for_machine(features: Features, guest: Guest) -> Iterator[Problem]:
    """A machine without ACPI is to have it.

    Mainframes have none, nor have the boards of ARM and RISC-V other than `virt`. libvirt refuses to define such a
    guest; one that was defined before is kept.
    """
    if features.acpi is True and _has_no_acpi(guest):
        yield Problem(
            features,
            "acpi",
            "the machine {machine} of {arch} has no ACPI",
            fix=drop(features, "acpi"),
            machine=guest.machine,
            arch=guest.arch,
        )


@rule(
    "VX576",
    "iommu-requires-acpi",
    "domain/devices/iommu",
    words="IOMMU device: 'virtio' requires ACPI",
    drivers=("qemu",),
    needs=("machine",),
    when="model",
    bad="""
<devices>
  <iommu model='virtio'/>
</devices>
""",
    good="""
<features>
  <acpi/>
</features>
<devices>
  <iommu model='virtio'/>
</devices>
""",
)
def iommu_requires_acpi(iommu: Iommu, guest: Guest) -> Iterator[Problem]:
    """A virtio IOMMU on a PC without ACPI.

    It is by a table of ACPI that the guest finds it.
    """
    if iommu.model == "virtio" and guest.is_q35 and not _has_acpi(guest):
        yield Problem(iommu, "model", "a virtio IOMMU takes ACPI, which the guest does not have", fix=_add_acpi(guest))


@rule(
    "VX572",
    "acpi-table",
    "domain/os",
    words="ACPI table type 'slic' may only appear once",
    drivers=("qemu",),
    early=True,
    when="acpi",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <acpi>
    <table type='slic'>/srv/slic.dat</table>
    <table type='slic'>/srv/other.dat</table>
  </acpi>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <acpi>
    <table type='slic'>/srv/slic.dat</table>
  </acpi>
</os>
""",
)
def acpi_table(os: Os, guest: Guest) -> Iterator[Problem]:
    """Two ACPI tables of a type are given to a guest, or one of a type that QEMU does not take.

    QEMU gets each table from a file of its own, so it takes no sets of them (`rawset`), which are for Xen.
    """
    if os.acpi is None:
        return
    for table in os.acpi.tables:
        if table.type == "rawset":
            yield Problem(table, "type", "QEMU takes single tables of ACPI, not a set in one file")
        first = guest.first("acpi table", table.type, table)
        if first is not None:
            yield Problem(table, "type", "a table of the type {type} is given already", other=first, type=table.type)
