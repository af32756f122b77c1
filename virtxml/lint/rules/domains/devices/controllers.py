"""What controllers and IOMMUs can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller, Iommu
    from ....guest import Guest

_VIRTIO = frozenset(["virtio-scsi", "virtio-transitional", "virtio-non-transitional"])
_VIRTIO_SCSI = ("queues", "ioeventfd", "cmd_per_lun", "max_sectors", "iothread", "iothreads")
"""What only virtio-scsi has."""
_NVME = ("queues", "ioeventfd")
"""What of it controllers of NVMe have, too."""
_FOREIGN = frozenset(["buslogic", "qusb1", "qusb2"])
"""The models of other hypervisors."""
_ESP = {"sparc": ("",), "mips": ("magnum", "pica61"), "mips64": ("magnum", "pica61"), "mips64el": ("magnum", "pica61")}
"""The machines with a ncr53c90, by their architectures; all of one with ""."""


@rule(
    "VX786",
    "controller-setting-for-model",
    "domain/devices/controller",
    words="'queues' is only supported by virtio-scsi controller",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <controller type='scsi' model='lsilogic'>
    <driver queues='4'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='scsi' model='lsilogic'>
    <driver/>
  </controller>
</devices>
""",
)
def controller_setting_for_model(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A controller has driver settings that only virtio-scsi has.

    Queues, threads and limits of requests are a matter between the guest's driver and QEMU, which other controllers
    have no words for.
    """
    driver = controller.driver
    if driver is None:
        return
    model = controller.model
    if controller.type == "scsi" and (model in _VIRTIO or model is None or model == "auto"):
        return
    for field in _VIRTIO_SCSI:
        value = getattr(driver, field)
        if value is None or (value == 0 and value is not False) or (controller.type == "nvme" and field in _NVME):
            continue
        yield Problem(
            driver,
            field,
            "only virtio-scsi has {setting}, and this is {model}",
            fix=drop(driver, field),
            setting=type(driver).xml_fields[field].xml,
            model=model or controller.type,
        )


@rule(
    "VX767",
    "controller-iothread-twice",
    "domain/devices/controller",
    words="controller driver 'iothread' attribute can't be used together with 'iothreads' subelement",
    since="11.1.0",
    early=True,
    when="driver",
    bad="""
<iothreads>2</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver iothread='1'>
      <iothreads>
        <iothread id='2'/>
      </iothreads>
    </driver>
  </controller>
</devices>
""",
    good="""
<iothreads>2</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver>
      <iothreads>
        <iothread id='2'/>
      </iothreads>
    </driver>
  </controller>
</devices>
""",
)
def controller_iothread_twice(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A controller is served by one thread, and by several.

    <iothreads> shares out the queues, the attribute iothread gives all of them to one.
    """
    driver = controller.driver
    if driver is not None and driver.iothread and driver.iothreads is not None:
        yield Problem(
            driver, "iothread", "<iothreads> says which threads serve it", fix=drop(driver, "iothread", safe=False)
        )


@rule(
    "VX787",
    "controller-scsi-model",
    "domain/devices/controller",
    words="ncr53c90 SCSI controller is not a built-in for this machine",
    drivers=("qemu",),
    since="9.0.0",
    needs=("machine",),
    bad="""
<devices>
  <controller type='scsi' model='buslogic'/>
</devices>
""",
    good="""
<devices>
  <controller type='scsi' model='virtio-scsi'/>
</devices>
""",
)
def controller_scsi_model(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A controller is of a kind or a model that QEMU, or the guest's machine, does not have.

    Controllers of type isa are bhyve's, xenbus, qusb1 and qusb2 are Xen's, buslogic is VMware's. ncr53c90 is soldered
    to a few old machines, as their first controller.
    """
    if controller.type in ("isa", "xenbus") and controller.address is None and guest.is_x86:
        yield Problem(controller, "type", "QEMU has no controllers of type {type}", type=controller.type)
    if controller.model in _FOREIGN:
        yield Problem(controller, "model", "QEMU has no controller of the model {model}", model=controller.model)
    elif controller.type != "scsi":
        return
    elif controller.model == "ncr53c90":
        machines = _ESP.get(guest.arch, ())
        if "" not in machines and guest.machine not in machines:
            yield Problem(controller, "model", "machines of the type {machine} have no ncr53c90", machine=guest.machine)


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
                    "an IOMMU of the model {model} has no {setting}",
                    fix=drop(driver, field),
                    setting=type(driver).xml_fields[field].xml,
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
    when="driver",
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
