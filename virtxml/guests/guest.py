"""A guest in the making: its domain, the host that it is for, its system, and what defaults ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Record, made
from ..schema.domain import Devices, Domain, Os
from .hardware import PPC64, QEMU_TYPES, S390, X86, is_q35
from .osinfo import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..schema.capabilities import Guest as HostGuest
    from ..schema.domaincaps import DomainCapabilities, Enum
    from .hosts import Host
    from .osinfo import OsFacts


class Guest(Record):
    """A guest in the making.

    Attributes:
        domain: the document, with what is said of it so far.
        host: the host that it is for.
        system: the guest's operating system.
        without: kinds of devices and elements ("sound", "network", "cpu" …) that it is not to have, whatever the
            default is.
        capabilities: what the host's capabilities say of guests of this kind; None before it is chosen.
        assumed: what is taken to be on the host, as nothing tells what is there.
    """

    domain: Domain
    host: Host
    system: OsFacts = GENERIC
    without: frozenset[str] = frozenset()
    capabilities: HostGuest | None = None
    assumed: list[str] = made(factory=list)
    _domain_capabilities: DomainCapabilities | None = None
    _asked: tuple[str, ...] | None = None

    @property
    def os(self) -> Os:
        """The domain's `<os>`, made if it is not there."""
        if self.domain.os is None:
            self.domain.os = Os()
        return self.domain.os

    @property
    def devices(self) -> Devices:
        """The domain's `<devices>`, made if they are not there."""
        if self.domain.devices is None:
            self.domain.devices = Devices()
        return self.domain.devices

    @property
    def type(self) -> str:
        """The domain's type: "kvm", "qemu", "lxc" and so on."""
        return self.domain.type or ""

    @property
    def os_type(self) -> str:
        """How it is started: "hvm" as a computer with firmware, "xen" and "xenpvh" by Xen without, "exe" container."""
        return (self.os.type and self.os.type.value) or ""

    @property
    def arch(self) -> str:
        """Its architecture, such as "x86_64"."""
        return (self.os.type and self.os.type.arch) or ""

    @property
    def machine(self) -> str:
        """Its machine type; empty if the hypervisor has none."""
        return (self.os.type and self.os.type.machine) or ""

    @property
    def is_hvm(self) -> bool:
        """Whether it is a computer with firmware."""
        return self.os_type == "hvm"

    @property
    def is_container(self) -> bool:
        """Whether it is a container."""
        return self.os_type == "exe"

    @property
    def is_xen_without_firmware(self) -> bool:
        """Whether Xen starts it without firmware (PV, PVH)."""
        return self.os_type in ("xen", "linux", "xenpvh")

    @property
    def is_x86(self) -> bool:
        """Whether it is a PC."""
        return self.arch in X86

    @property
    def has_own_root(self) -> bool:
        """Whether it is given a file system as its root directory."""
        return any(one.target is not None and one.target.dir == "/" for one in self.devices.filesystems)

    @property
    def is_qemu(self) -> bool:
        """Whether QEMU runs it."""
        return self.type in QEMU_TYPES

    @property
    def is_qemu_like(self) -> bool:
        """Whether QEMU runs it, or libvirt's test driver, which takes what QEMU takes."""
        return self.is_qemu or self.host.driver == "test"

    @property
    def is_q35(self) -> bool:
        """Whether its machine is a PC with PCI Express."""
        return is_q35(self.arch, self.machine)

    @property
    def is_virt_machine(self) -> bool:
        """Whether its machine is one of QEMU's own, called "virt" (ARM, RISC-V, LoongArch)."""
        return not self.is_x86 and (self.machine == "virt" or self.machine.startswith("virt-"))

    @property
    def is_pseries(self) -> bool:
        """Whether its machine is a POWER server."""
        return self.arch in PPC64 and self.machine.startswith("pseries")

    @property
    def is_s390(self) -> bool:
        """Whether its machine is a mainframe with virtio devices."""
        return self.arch in S390

    @property
    def has_pci_express(self) -> bool:
        """Whether its machine has PCI Express."""
        return self.is_q35 or self.is_virt_machine

    @property
    def has_spice(self) -> bool:
        """Whether it is looked at by SPICE."""
        return any(graphics.type == "spice" for graphics in self.devices.graphics)

    @property
    def boots_by_uefi(self) -> bool:
        """Whether its firmware is UEFI."""
        loader = self.os.loader
        return self.os.firmware == "efi" or bool(loader and loader.value and loader.type == "pflash")

    @property
    def boots_kernel(self) -> bool:
        """Whether it starts a kernel of the host's."""
        return bool(self.os.kernel or self.os.initrd)

    @property
    def domain_capabilities(self) -> DomainCapabilities | None:
        """What libvirt says that guests of this kind can have; None if it says nothing."""
        asked = (self.arch, self.machine, self.type, self.devices.emulator or "")
        if self._asked != asked:
            self._asked = asked
            answer = self.host.domain_capabilities(*(text or None for text in asked))
            self._domain_capabilities = answer
        return self._domain_capabilities

    def device_values(self, device: str, name: str) -> Sequence[str] | None:
        """Return what the domain capabilities list for a device: `device_values("video", "modelType")`.

        None stands for "nothing is said", which is not the same as an empty list.
        """
        told = self.domain_capabilities
        section = getattr(told.devices, device, None) if told is not None and told.devices is not None else None
        return values_of(section.enums, name) if section is not None else None

    def device_supported(self, device: str) -> bool | None:
        """Return whether the domain capabilities have a device; None if they say nothing of it."""
        told = self.domain_capabilities
        section = getattr(told.devices, device, None) if told is not None and told.devices is not None else None
        supported: bool | None = None if section is None else section.supported is True
        return supported

    def has_virtio(self, driver: str) -> bool:
        """Return whether the guest takes a virtio device: "virtiodisk", "virtionet", "virtioserial" and so on.

        Where there is nothing but virtio, any system but Windows is taken to have the drivers.
        """
        if not self.is_hvm or not self.is_qemu or not self.has_usual_machine:
            return False
        if getattr(self.system, f"supports_{driver}"):
            return True
        return not self.is_x86 and not self.system.is_windows

    @property
    def has_usual_machine(self) -> bool:
        """Whether its machine is one that guests usually have, with PCI or virtio, not an old board."""
        return self.is_x86 or self.is_virt_machine or self.is_pseries or self.is_s390


def values_of(enums: Sequence[Enum], name: str) -> Sequence[str] | None:
    """Return the values of one of the lists in domain capabilities; None if there is no such list."""
    return next((listed.values for listed in enums if listed.name == name), None)
