"""Which IOMMU a machine has, and what it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Iommu
    from ....guest import Guest

_INTEL = ("intremap", "caching_mode", "eim", "iotlb", "aw_bits", "dma_translation")
_AMD = ("passthrough", "xtsup")
_NESTED = ("pci_bus", "accel", "cmdqv", "ats", "ril", "oas")
_REFUSED = {
    "intel": (*_AMD, *_NESTED),
    "amd": ("caching_mode", "eim", "aw_bits", "dma_translation", *_NESTED),
    "smmuv3": (*_INTEL, *_AMD),
    "virtio": (*_INTEL, *_NESTED),
}
"""The settings that a model does not have."""


@rule(
    "VX781",
    "iommu-not-for-machine",
    "domain/devices/iommu",
    words="IOMMU device: 'intel' is only supported with Q35 machines",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    bad="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
<devices>
  <iommu model='intel'/>
</devices>
""",
    good="""
<devices>
  <iommu model='intel'/>
</devices>
""",
)
def iommu_not_for_machine(iommu: Iommu, guest: Guest) -> Iterator[Problem]:
    """An IOMMU is of a model that the guest's machine does not have.

    intel and amd are for q35, smmuv3 is for ARM's machine virt, virtio for both.
    """
    is_arm_virt = guest.is_virt and guest.is_arm
    fits = {
        "intel": guest.is_q35,
        "amd": guest.is_q35,
        "smmuv3": is_arm_virt,
        "virtio": guest.is_q35 or is_arm_virt,
    }.get(iommu.model or "", True)
    if not fits:
        yield Problem(
            iommu,
            "model",
            "machines of the type {machine} have no IOMMU {model}",
            machine=guest.machine,
            model=iommu.model,
        )


@rule(
    "VX782",
    "iommu-settings",
    "domain/devices/iommu",
    words="iommu model 'virtio' doesn't support additional attributes",
    since="9.1.0",
    early=True,
    bad="""
<features>
  <acpi/>
</features>
<devices>
  <iommu model='virtio'>
    <driver dma_translation='on'/>
  </iommu>
</devices>
""",
    good="""
<features>
  <acpi/>
</features>
<devices>
  <iommu model='virtio'>
    <driver/>
  </iommu>
</devices>
""",
)
def iommu_settings(iommu: Iommu, guest: Guest) -> Iterator[Problem]:
    """An IOMMU has a setting, or an address, that its model does not have.

    Most settings are Intel's. virtio's IOMMU has none.
    """
    driver, model = iommu.driver, iommu.model or ""
    if driver is not None:
        for field in _REFUSED.get(model, ()):
            if getattr(driver, field) is not None:
                yield Problem(
                    driver,
                    field,
                    "an IOMMU of the model {model} has no such setting",
                    fix=drop(driver, field),
                    model=model,
                )
    if model in ("intel", "smmuv3") and iommu.address is not None:
        yield Problem(
            iommu, "address", "an IOMMU of the model {model} has no address", fix=drop(iommu, "address"), model=model
        )


@rule(
    "VX762",
    "iommu-interrupt-remapping",
    "domain/devices/iommu",
    words="IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')",
    bad="""
<devices>
  <iommu model='intel'>
    <driver intremap='on'/>
  </iommu>
</devices>
""",
    good="""
<features>
  <ioapic driver='qemu'/>
</features>
<devices>
  <iommu model='intel'>
    <driver intremap='on'/>
  </iommu>
</devices>
""",
)
def iommu_interrupt_remapping(iommu: Iommu, guest: Guest) -> Iterator[Problem]:
    """An IOMMU remaps interrupts, and KVM delivers them past it; or it has long numbers and does not remap.

    Remapping takes the I/O APIC of QEMU: <ioapic driver='qemu'/>. Interrupts for more than 255 processors (eim) take
    remapping.
    """
    driver = iommu.driver
    if driver is None:
        return
    if driver.intremap:
        features = guest.model.features
        ioapic = features.ioapic if features is not None else None
        if ioapic is None or ioapic.driver != "qemu":
            yield Problem(
                driver,
                "intremap",
                "interrupts are remapped by QEMU's I/O APIC only",
                help="add <ioapic driver='qemu'/> to <features>",
            )
    elif driver.eim:
        yield Problem(driver, "eim", "this takes intremap='on'")
