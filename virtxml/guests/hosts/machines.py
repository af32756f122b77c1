"""What QEMU 10 offers on each of the architectures that hosts are built in of."""

from __future__ import annotations

import re

from ...records import Record

_VERSION = re.compile(r"-(\d+\.\d+|rhel[\d.]+)$")


def family(machine: str) -> str:
    """Return a machine's name without its version, which differs from host to host: "pc-q35" for "pc-q35-9.2"."""
    return _VERSION.sub("", machine)


class GuestArchitecture(Record, frozen=True):
    """An architecture of guests.

    Attributes:
        name: libvirt's name of it.
        wordsize: 32 or 64.
        emulator: the program that runs them.
        kvm: whether the host's own processor runs them.
        machines: machine types with the most CPUs that each has; an alias and what it stands for are joined by "=".
    """

    name: str
    wordsize: str
    emulator: str
    kvm: bool
    machines: tuple[tuple[str, int], ...]


class HostArchitecture(Record, frozen=True):
    """A host of an architecture, and what its guests can have. Words are separated by spaces.

    Attributes:
        guests: the architectures of guests, its own first.
        cpu: the model of its processor.
        vendor: the maker of its processor, empty if libvirt names none.
        cpu_models: the models that guests can have.
        host_model: whether guests can have the host's model of CPU.
        loaders: the UEFI firmware.
        secure: whether there is firmware with Secure Boot.
        disk_devices, disk_buses, graphics, videos, hostdevs, tpms, channels, panics: the kinds of devices.
        usb: whether there are USB buses.
        gic: the versions of ARM's interrupt controller.
        features: the features that are supported, of those that all hosts tell of.
        hyperv: the enlightenments for Windows.
    """

    guests: tuple[GuestArchitecture, ...]
    cpu: str
    vendor: str
    cpu_models: str
    host_model: bool = True
    loaders: str = ""
    secure: bool = False
    disk_devices: str = "disk cdrom floppy lun"
    disk_buses: str = "fdc scsi virtio usb sata"
    graphics: str = "sdl vnc egl-headless dbus"
    videos: str = "vga cirrus virtio none bochs ramfb"
    hostdevs: str = "usb pci scsi"
    tpms: str = "tpm-tis"
    channels: str = "pty unix"
    panics: str = "pvpanic"
    usb: bool = True
    gic: str = ""
    features: str = "backing_store_input backup async_teardown"
    hyperv: str = ""


_RELEASES = ("10.0", "9.2", "9.1", "9.0", "8.2", "8.1", "8.0", "7.2")
"""QEMU's releases, whose machines differ, newest first."""


def _versions(name: str, alias: str, cpus: int) -> tuple[tuple[str, int], ...]:
    """Return the machine of each release, with the alias of the newest."""
    machines = [f"{name}-{release}" for release in _RELEASES]
    return ((machines[0], cpus), (f"{alias}={machines[0]}", cpus), *((machine, cpus) for machine in machines[1:]))


_ARM_BOARDS = (("vexpress-a9", 4), ("vexpress-a15", 4), ("raspi2b", 4), ("versatilepb", 1))
_PC = (*_versions("pc-i440fx", "pc", 255), *_versions("pc-q35", "q35", 4096), ("isapc", 1), ("microvm", 288))
_X86_MODELS = (
    "qemu64 qemu32 kvm64 kvm32 Conroe Penryn Nehalem Nehalem-IBRS Westmere Westmere-IBRS SandyBridge SandyBridge-IBRS "
    "IvyBridge IvyBridge-IBRS Haswell Haswell-noTSX Haswell-noTSX-IBRS Broadwell Broadwell-noTSX Broadwell-noTSX-IBRS "
    "Skylake-Client Skylake-Client-IBRS Skylake-Client-noTSX-IBRS Skylake-Server Skylake-Server-IBRS "
    "Skylake-Server-noTSX-IBRS Cascadelake-Server Cascadelake-Server-noTSX Icelake-Server Icelake-Server-noTSX"
)
_PSERIES = _versions("pseries", "pseries", 2048)
_POWER_BOARDS = (("powernv8", 2048), ("powernv9", 2048), ("powernv10", 2048), ("mac99", 1), ("g3beige", 1))
_S390_MODELS = "z13-base z13 z13s z14-base z14 z14ZR1 gen15a-base gen15a gen15b gen16a-base gen16a gen16b"

HOSTS = {
    "x86_64": HostArchitecture(
        guests=(
            GuestArchitecture("x86_64", "64", "/usr/bin/qemu-system-x86_64", True, _PC),
            GuestArchitecture("i686", "32", "/usr/bin/qemu-system-i386", True, _PC),
        ),
        cpu="Icelake-Server",
        vendor="Intel",
        cpu_models=_X86_MODELS,
        loaders="/usr/share/OVMF/OVMF_CODE_4M.ms.fd /usr/share/OVMF/OVMF_CODE_4M.secboot.fd "
        "/usr/share/OVMF/OVMF_CODE_4M.fd",
        secure=True,
        graphics="sdl vnc spice egl-headless dbus",
        videos="vga cirrus vmvga qxl virtio none bochs ramfb",
        tpms="tpm-tis tpm-crb",
        channels="pty unix spicevmc qemu-vdagent dbus",
        panics="isa hyperv pvpanic",
        features="vmcoreinfo genid backing_store_input backup async_teardown ps2",
        hyperv="relaxed vapic spinlocks vpindex runtime synic stimer reset vendor_id frequencies reenlightenment "
        "tlbflush ipi avic emsr_bitmap xmm_input",
    ),
    "aarch64": HostArchitecture(
        guests=(
            GuestArchitecture(
                "aarch64",
                "64",
                "/usr/bin/qemu-system-aarch64",
                True,
                (*_versions("virt", "virt", 512), ("raspi3b", 4), ("raspi4b", 4)),
            ),
            GuestArchitecture(
                "armv7l", "32", "/usr/bin/qemu-system-arm", False, (*_versions("virt", "virt", 512), *_ARM_BOARDS)
            ),
        ),
        cpu="Neoverse-N1",
        vendor="ARM",
        cpu_models="cortex-a35 cortex-a53 cortex-a55 cortex-a57 cortex-a72 cortex-a76 cortex-a710 a64fx neoverse-n1 "
        "neoverse-v1 neoverse-n2 max",
        host_model=False,
        loaders="/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd /usr/share/AAVMF/AAVMF_CODE.fd",
        graphics="sdl vnc spice egl-headless dbus",
        channels="pty unix spicevmc qemu-vdagent dbus",
        gic="3",
        features="vmcoreinfo backing_store_input backup async_teardown",
    ),
    "ppc64le": HostArchitecture(
        guests=(
            GuestArchitecture("ppc64le", "64", "/usr/bin/qemu-system-ppc64", True, _PSERIES),
            GuestArchitecture("ppc64", "64", "/usr/bin/qemu-system-ppc64", True, (*_PSERIES, *_POWER_BOARDS)),
        ),
        cpu="POWER9",
        vendor="IBM",
        cpu_models="POWER8 POWER9 POWER10",
        disk_devices="disk cdrom lun",
        disk_buses="scsi virtio usb sata",
        videos="vga cirrus virtio none bochs",
        tpms="tpm-spapr",
        panics="pseries pvpanic",
    ),
    "s390x": HostArchitecture(
        guests=(
            GuestArchitecture(
                "s390x", "64", "/usr/bin/qemu-system-s390x", True, _versions("s390-ccw-virtio", "s390-ccw-virtio", 248)
            ),
        ),
        cpu="gen16a-base",
        vendor="",
        cpu_models=_S390_MODELS,
        disk_devices="disk cdrom lun",
        disk_buses="scsi virtio",
        graphics="sdl vnc egl-headless",
        videos="virtio none",
        hostdevs="pci scsi",
        tpms="",
        panics="s390",
        usb=False,
        features="backing_store_input backup async_teardown s390_pv",
    ),
    "riscv64": HostArchitecture(
        guests=(
            GuestArchitecture("riscv64", "64", "/usr/bin/qemu-system-riscv64", True, (("virt", 512),)),
            GuestArchitecture("riscv32", "32", "/usr/bin/qemu-system-riscv32", False, (("virt", 512),)),
        ),
        cpu="",
        vendor="",
        cpu_models="rv64 sifive-e51 sifive-u54 thead-c906 veyron-v1 max",
        host_model=False,
        loaders="/usr/share/qemu-efi-riscv64/RISCV_VIRT_CODE.fd",
        features="vmcoreinfo backing_store_input backup async_teardown",
    ),
    "loongarch64": HostArchitecture(
        guests=(GuestArchitecture("loongarch64", "64", "/usr/bin/qemu-system-loongarch64", True, (("virt", 256),)),),
        cpu="",
        vendor="",
        cpu_models="la464 la132 max",
        host_model=False,
        loaders="/usr/share/edk2/loongarch64/QEMU_EFI.fd",
        features="vmcoreinfo backing_store_input backup async_teardown",
    ),
}
"""The built-in hosts by their architectures."""


def _board(name: str, wordsize: str, program: str, *machines: tuple[str, int]) -> GuestArchitecture:
    return GuestArchitecture(name, wordsize, f"/usr/bin/qemu-system-{program}", False, machines)


EMULATED = HostArchitecture(
    guests=(
        _board("armv6l", "32", "arm", ("versatilepb", 1), ("versatileab", 1), ("raspi0", 1), ("integratorcp", 1)),
        _board("ppc", "32", "ppc", ("g3beige", 1), ("mac99", 1), ("ppce500", 32), ("sam460ex", 1), ("40p", 1)),
        _board("m68k", "32", "m68k", ("q800", 1), ("virt", 1), ("mcf5208evb", 1), ("an5206", 1)),
        _board("sparc", "32", "sparc", ("SS-5", 1), ("SS-10", 4), ("SS-20", 4), ("LX", 1), ("leon3_generic", 4)),
        _board("sparc64", "64", "sparc64", ("sun4u", 1), ("sun4v", 1), ("niagara", 1)),
        *(
            _board(name, "64" if "64" in name else "32", name, ("malta", 16), ("mipssim", 1))
            for name in ("mips", "mipsel", "mips64", "mips64el")
        ),
        _board("alpha", "64", "alpha", ("clipper", 4)),
        _board("sh4", "32", "sh4", ("r2d", 1), ("shix", 1)),
        _board("sh4eb", "32", "sh4eb", ("r2d", 1), ("shix", 1)),
        _board("microblaze", "32", "microblaze", ("petalogix-s3adsp1800", 1), ("petalogix-ml605", 1)),
        _board("or32", "32", "or1k", ("or1k-sim", 4), ("virt", 4)),
        _board("xtensa", "32", "xtensa", ("sim", 4), ("virt", 4)),
    ),
    cpu="Icelake-Server",
    vendor="Intel",
    cpu_models="",
    host_model=False,
    tpms="",
    features="backing_store_input backup",
)
"""What a host with an x86-64 processor can only emulate: old boards, as far as QEMU has them."""
