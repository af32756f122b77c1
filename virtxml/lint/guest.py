"""What rules know of a guest: its machine, its devices and what is derived from them, each found once."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from ..element import ELEMENT
from ..guests.hardware import PPC64, QEMU_TYPES, RISCV, S390, X86, is_q35
from ..schema.domain import Devices, Domain
from .facts import Facts, once, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..element import Element
    from ..schema.cpu import NumaCell
    from ..schema.domain import Os
    from .facts import Host, Met, Need

V = TypeVar("V")

__all__ = ["Guest", "whole"]

_NO_DEVICES = Devices()
_FIELDS = [field for field in Devices.xml_fields.values() if field.role == ELEMENT]
_ARE_LISTS = [field.many for field in _FIELDS]
_values = attrgetter(*(field.slot for field in _FIELDS))
"""Gets the devices of each kind; None stands for a list that nobody has made yet."""


class Guest(Facts[Domain]):
    """A guest, as rules look at it.

    Attributes:
        driver: the driver of the hypervisor: "qemu" for all that QEMU runs, else the type of the domain.
        devices: the devices; empty ones if there are none.
        os: how it boots.
    """

    def __init__(self, model: Domain, host: Host, met: Met | None = None) -> None:
        """Take the guest, and where it is to run."""
        super().__init__(model, host, met)
        kind = model.type or ""
        self.driver = "qemu" if kind in QEMU_TYPES else kind
        self.devices: Devices = model.devices or _NO_DEVICES
        self.os: Os | None = model.os
        self._views: dict[Callable[[Guest], Any], Any] = {}

    def view(self, make: Callable[[Guest], V]) -> V:
        """Return what a function derives from the guest; it is made once, for all rules that ask for it."""
        try:
            found: V = self._views[make]
        except KeyError:
            found = self._views[make] = make(self)
        return found

    @once
    def arch(self) -> str:
        """The architecture, from the document or else as it is said to be; "" if it is not known."""
        kind = self.os.type if self.os is not None else None
        return (kind.arch if kind is not None else None) or self.host.usual_arch()

    @once
    def machine(self) -> str:
        """The machine, from the document or else as it is said to be; "" if it is not known."""
        kind = self.os.type if self.os is not None else None
        said = kind.machine if kind is not None else None
        return said or self.host.usual_machine(self.arch, self.model.type)

    def has(self, need: Need) -> bool:
        """Tell whether a fact is known, from the document or from the host."""
        if need == "arch":
            return bool(self.arch)
        if need == "machine":
            return bool(self.arch and self.machine)
        return super().has(need)

    @once
    def is_x86(self) -> bool:
        """Whether it is a PC, by its architecture."""
        return self.arch in X86

    @once
    def is_ppc64(self) -> bool:
        """Whether its processor is a 64-bit POWER."""
        return self.arch in PPC64

    @once
    def is_s390(self) -> bool:
        """Whether it is a mainframe."""
        return self.arch in S390

    @once
    def is_riscv(self) -> bool:
        """Whether its processor is a RISC-V."""
        return self.arch in RISCV

    @once
    def is_arm(self) -> bool:
        """Whether its processor is an ARM."""
        return self.arch == "aarch64" or self.arch.startswith("arm")

    @once
    def is_q35(self) -> bool:
        """Whether its machine is a PC with PCI Express."""
        return is_q35(self.arch, self.machine)

    @once
    def is_i440fx(self) -> bool:
        """Whether its machine is a PC with PCI and no more."""
        name = self.machine
        return self.is_x86 and (name == "pc" or name.startswith(("pc-i440fx-", "pc-0.", "pc-1.", "rhel")))

    @once
    def is_virt(self) -> bool:
        """Whether its machine is QEMU's `virt` of ARM, RISC-V or LoongArch, which has PCI Express."""
        name = self.machine
        is_one = name == "virt" or name.startswith("virt-")
        return is_one and (self.is_arm or self.is_riscv or self.arch == "loongarch64")

    @once
    def is_pseries(self) -> bool:
        """Whether its machine is `pseries`."""
        return self.is_ppc64 and (self.machine == "pseries" or self.machine.startswith("pseries-"))

    @once
    def is_ccw(self) -> bool:
        """Whether its machine is `s390-ccw-virtio`, whose devices are on channels."""
        return self.is_s390 and self.machine.startswith("s390-ccw")

    @once
    def pci_root(self) -> str:
        """The model of the root of PCI that its machine has; "" if that is not known, or there is none."""
        if self.is_q35 or self.is_virt:
            return "pcie-root"
        return "pci-root" if self.is_i440fx or self.is_pseries or self.is_ccw else ""

    @once
    def panic_model(self) -> str:
        """The model of panic devices that say none; "" if that is not known."""
        if not self.has("machine"):
            return ""
        if self.is_pseries:
            return "pseries"
        if self.is_s390:
            return "s390"
        return "pvpanic" if self.is_virt else "isa"

    @once
    def vcpus(self) -> int | None:
        """How many virtual CPUs it has at most: one if nothing is said and will be, None for what is no number."""
        vcpu = self.model.vcpu
        if vcpu is None or vcpu.value is None:
            return 1 if self.complete else None
        return whole(vcpu.value)

    @once
    def cells(self) -> list[NumaCell]:
        """Its NUMA nodes."""
        numa = self.model.cpu.numa if self.model.cpu is not None else None
        return numa.cells if numa is not None else []

    @once
    def graphics_types(self) -> frozenset[str | None]:
        """The types of its screens."""
        return frozenset(one.type for one in self.devices.graphics)

    @once
    def all_devices(self) -> list[Element]:
        """All its devices, in the order of the classes."""
        found: list[Element] = []
        for value, is_list in zip(_values(self.devices), _ARE_LISTS, strict=True):
            if value:
                found += value if is_list else [value]
        return found
