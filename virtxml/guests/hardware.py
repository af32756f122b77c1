"""Facts of the hardware that guests have: architectures, machines, buses, controllers, names and ports."""

from __future__ import annotations

from typing import Final

X86 = frozenset(["x86_64", "i686"])
ARM = frozenset(["armv6l", "armv7l", "aarch64"])
PPC64 = frozenset(["ppc64", "ppc64le"])
S390 = frozenset(["s390", "s390x"])
RISCV = frozenset(["riscv32", "riscv64"])
EMULATED: dict[str, tuple[str, ...]] = {
    "aarch64": ("aarch64", "armv7l"),
    "alpha": ("alpha",),
    "arm": ("armv7l", "armv6l"),
    "i386": ("i686",),
    "loongarch64": ("loongarch64",),
    "m68k": ("m68k",),
    "mips": ("mips",),
    "mips64": ("mips64",),
    "mips64el": ("mips64el",),
    "mipsel": ("mipsel",),
    "ppc": ("ppc",),
    "ppc64": ("ppc64", "ppc64le"),
    "riscv32": ("riscv32",),
    "riscv64": ("riscv64",),
    "s390x": ("s390x",),
    "sh4": ("sh4",),
    "sparc": ("sparc",),
    "sparc64": ("sparc64",),
    "x86_64": ("x86_64", "i686"),
}
"""The architectures that QEMU's programs run, by what follows `qemu-system-` in their names."""
QEMU_TYPES = frozenset(["kvm", "qemu", "hvf"])
"""The types of domains that QEMU runs."""

DISK_PREFIXES = {
    "virtio": "vd",
    "xen": "xvd",
    "ide": "hd",
    "fdc": "fd",
    "scsi": "sd",
    "sata": "sd",
    "usb": "sd",
    "sd": "sd",
}
"""What the names of disks begin with, by their buses."""
OTHER_DISK_PREFIX = "sd"
"""What it is for buses that have none of their own."""
DISKS_PER_BUS = {"ide": 4, "fdc": 2}
"""How many disks there is room for on buses that cannot have more controllers."""
BUILT_IN_IDE = ("malta", "sun4u", "g3beige")
"""The machines that have an IDE controller, beside PCs that are no q35."""
DRIVE_UNITS = {"ide": (2, 2), "fdc": (1, 2), "sata": (1, 6), "scsi": (1, 7)}
"""How many buses a controller of drives has, and how many units libvirt puts on each for QEMU, if nothing is said."""

ROOT_PORTS = 14
"""How many ports of PCI Express a new guest gets, so that devices can be plugged in while it runs."""
XHCI_PORTS = 15
"""How many ports a controller of USB 3 has."""
USB_PORTS = {
    "piix3-uhci": 2,
    "piix4-uhci": 2,
    "vt82c686b-uhci": 2,
    "pci-ohci": 3,
    "nec-xhci": 4,
    "qemu-xhci": 4,
    "ehci": 6,
    "ich9-ehci1": 6,
}
"""How many ports the controllers of USB have, if nothing else is said."""
USB_HUB_PORTS = 8
"""How many ports a hub has."""
EHCI: Final = "ich9-ehci1"
"""The controller of USB 2."""
UHCI_COMPANIONS = {"ich9-uhci1": "0", "ich9-uhci2": "2", "ich9-uhci3": "4"}
"""The controllers of USB 1 that go with it, with the first port of each. All share its number."""

LAUNCH_SECURITY = ("sev", "sev-snp", "tdx")
"""How processors of PCs encrypt a guest's memory, which takes the machine q35 and UEFI."""

IRQ_CPUS = 255
"""How many virtual CPUs interrupts of PCs reach without an IOMMU."""
SCHEDULER_SHARES = range(2, 262144 + 1)
"""The weights of guests among which processor time is shared out, with the kernel's first control groups."""
SCHEDULER_PERIODS = range(1000, 1000000 + 1)
"""The microseconds in which processor time is shared out."""
SCHEDULER_QUOTAS = range(1000, 17592186044415 + 1)
"""The microseconds of processor time that can be given in a period, if they are limited."""
SCHEDULING = {
    "cpu_shares": "shares",
    "vcpu_period": "period",
    "vcpu_quota": "quota",
    "emulator_period": "emulator_period",
    "emulator_quota": "emulator_quota",
    "global_period": "global_period",
    "global_quota": "global_quota",
    "iothread_period": "iothread_period",
    "iothread_quota": "iothread_quota",
}
"""The fields of `<cputune>` by libvirt's names of what a scheduler is told: virsh schedinfo."""

GUEST_AGENT = "org.qemu.guest_agent.0"
"""The name of the channel to QEMU's guest agent."""
NBD_PORT = 10809
"""Where servers of network block devices listen if nothing is said."""
STORAGE_PORTS = {
    "nbd": NBD_PORT,
    "sheepdog": 7000,
    "gluster": 24007,
    "iscsi": 3260,
    "ssh": 22,
    "http": 80,
    "https": 443,
    "ftp": 21,
    "ftps": 990,
    "tftp": 69,
}
"""Where servers of disks listen if nothing is said, by their protocols."""


def is_q35(arch: str, machine: str) -> bool:
    """Return whether a machine is a PC with PCI Express: the one that has SMM, an IOMMU, a TCO watchdog, and no IDE."""
    return arch in X86 and (machine == "q35" or machine.startswith("pc-q35"))
