"""Which settings controllers of a model have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller
    from ....guest import Guest

_VIRTIO = frozenset(["virtio-scsi", "virtio-transitional", "virtio-non-transitional"])
_VIRTIO_SCSI = ("queues", "ioeventfd", "cmd_per_lun", "max_sectors", "iothread", "iothreads")
"""What only virtio-scsi has."""
_NVME = ("queues", "ioeventfd")
"""What of it controllers of NVMe have, too."""
_ESP = {"sparc": ("",), "mips": ("magnum", "pica61"), "mips64": ("magnum", "pica61"), "mips64el": ("magnum", "pica61")}
"""The machines with a ncr53c90, by their architectures; all of one with ""."""


@rule(
    "VX786",
    "controller-setting-for-model",
    "domain/devices/controller",
    words="'queues' is only supported by virtio-scsi controller",
    drivers=("qemu",),
    early=True,
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
        if value is None or value == 0 or (controller.type == "nvme" and field in _NVME):
            continue
        yield Problem(
            driver,
            field,
            "only virtio-scsi has this setting, and this is {model}",
            fix=drop(driver, field),
            model=model or controller.type,
        )


@rule(
    "VX767",
    "controller-iothread-twice",
    "domain/devices/controller",
    words="controller driver 'iothread' attribute can't be used together with 'iothreads' subelement",
    since="11.1.0",
    early=True,
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
    """A SCSI controller is of a model that QEMU, or the guest's machine, does not have.

    buslogic is VMware's. ncr53c90 is soldered to a few old machines, as their first controller.
    """
    if controller.type != "scsi":
        return
    if controller.model == "buslogic":
        yield Problem(controller, "model", "QEMU has no controller of the model buslogic")
    elif controller.model == "ncr53c90":
        machines = _ESP.get(guest.arch, ())
        if "" not in machines and guest.machine not in machines:
            yield Problem(controller, "model", "machines of the type {machine} have no ncr53c90", machine=guest.machine)
