"""The capabilities of hypervisors other than QEMU, as far as they say what guests can be."""

from __future__ import annotations

from ...schema.capabilities import (
    Capabilities,
    Guest,
    GuestArch,
    GuestArchDomain,
    GuestFeatures,
    GuestFeaturesAcpi,
    GuestFeaturesApic,
    Host,
    HostCPU,
    HostSecmodel,
    Machine,
)
from ..errors import GuestError

_GUESTS = {
    "test": ("i686", "test", "/usr/bin/test-hv", (("hvm", "i686", ""), ("xen", "i686", ""))),
    "lxc": ("x86_64", "lxc", "/usr/libexec/libvirt_lxc", (("exe", "x86_64", ""), ("exe", "i686", ""))),
    "xen": (
        "x86_64",
        "xen",
        "/usr/lib/xen/bin/qemu-system-i386",
        (
            ("xen", "x86_64", "xenpv"),
            ("hvm", "x86_64", "xenfv"),
            ("hvm", "i686", "xenfv"),
        ),
    ),
    "bhyve": ("x86_64", "bhyve", "/usr/sbin/bhyve", (("hvm", "x86_64", ""),)),
    "vz": (
        "x86_64",
        "vz",
        "",
        (("hvm", "x86_64", ""), ("hvm", "i686", ""), ("exe", "x86_64", ""), ("exe", "i686", "")),
    ),
}
"""By driver: the host's architecture, the type of domains, the emulator, and each kind of guest: how it is started, its
architecture, its machine.
"""
_OF_OS_TYPES = {"xen": "xen", "exe": "lxc"}
"""The driver that is meant by how a guest is started, as no other one starts it so."""
_SECURITY = {"test": [HostSecmodel(model="testSecurity", doi="")]}
_XEN_LOADER = "/usr/lib/xen/boot/hvmloader"


def driver_for(virt_type: str | None, os_type: str | None) -> str:
    """Return the driver of a host that can have guests of a type, and started in a way; QEMU's if nothing tells."""
    if virt_type is not None:
        return virt_type if virt_type in _GUESTS and virt_type != "test" else "qemu"
    return _OF_OS_TYPES.get(os_type or "", "qemu")


def capabilities_of(driver: str) -> Capabilities:
    """Return the capabilities of a hypervisor driver.

    Raises GuestError for a driver that there are none of here.
    """
    if driver not in _GUESTS:
        known = ", ".join(["qemu", *_GUESTS])
        reason = f"what {driver} can run is not built in ({known} are)"
        raise GuestError(reason, field="uri", untold="capabilities")
    arch, type_, emulator, guests = _GUESTS[driver]
    return Capabilities(
        host=Host(cpu=HostCPU(arch=arch), secmodels=_SECURITY.get(driver, [])),  # type: ignore[arg-type]
        guests=[_guest(type_, emulator, *guest) for guest in guests],
    )


def _guest(type_: str, emulator: str, os_type: str, arch: str, machine: str) -> Guest:
    found = Guest(
        os_type=os_type,  # type: ignore[arg-type]
        arch=GuestArch(
            name=arch,  # type: ignore[arg-type]
            wordsize="64" if arch == "x86_64" else "32",
            emulator=emulator or None,
            loader=_XEN_LOADER if machine == "xenfv" else None,
            machines=[Machine(value=machine)] if machine else [],
            domains=[GuestArchDomain(type=type_)],  # type: ignore[arg-type]
        ),
    )
    if type_ == "test":
        found.features = GuestFeatures(pae=True, nonpae=True)
    elif machine == "xenfv":
        features = GuestFeatures(
            acpi=GuestFeaturesAcpi(default=True, toggle=True), apic=GuestFeaturesApic(default=True, toggle=True)
        )
        features.pae = features.nonpae = arch == "i686"
        found.features = features
    return found
