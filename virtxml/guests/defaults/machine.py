"""What kind of guest it is: hypervisor, architecture, machine and emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import OsLoader, OsType
from ..errors import GuestError
from ..hardware import ARM, PPC64, QEMU_TYPES, RISCV, S390, X86
from ..hosts.machines import family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...schema.capabilities import Guest as HostGuest
    from ...schema.capabilities import GuestArchDomain, Machine
    from ...schema.domain import Domain
    from ..guest import Guest

_BEST_TYPES = ("kvm", "xen", "hvf")
_USUAL_MACHINES = (
    (ARM, "virt"),
    (RISCV, "virt"),
    (frozenset(["loongarch64"]), "virt"),
    (PPC64, "pseries"),
    (S390, "s390-ccw-virtio"),
)


def set_kind(
    guest: Guest,
    *,
    os_type: str | None = None,
    arch: str | None = None,
    virt_type: str | None = None,
    machine: str | None = None,
) -> None:
    """Choose what the guest is from what the host can run, and from what the domain says already.

    Args:
        guest: the guest.
        os_type: "hvm", "xen", "xenpvh" or "exe".
        arch: its architecture.
        virt_type: the type of its domain, such as "kvm".
        machine: its machine.

    Raises GuestError if the host has no such guests.
    """
    domain = guest.domain
    kind = guest.os.type if guest.os.type is not None else OsType()
    guest.os.type = kind
    kind.machine = machine or kind.machine
    found, host_type = _choose(
        guest,
        kind,
        os_type=os_type or kind.value,
        arch=arch or kind.arch,
        virt_type=virt_type or domain.type,
        machine=kind.machine,
    )
    guest.capabilities = found
    domain.type = host_type.type
    kind.value = found.os_type  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    kind.arch = found.arch.name if found.arch is not None else None
    if guest.devices.emulator is None and not guest.is_xen_without_firmware and guest.type != "vz":
        guest.devices.emulator = host_type.emulator or (None if found.arch is None else found.arch.emulator)
    if guest.is_hvm and guest.type == "xen" and guest.os.loader is None and found.arch and found.arch.loader:
        guest.os.loader = OsLoader(value=found.arch.loader)


def _choose(
    guest: Guest, said: OsType, *, os_type: str | None, arch: str | None, virt_type: str | None, machine: str | None
) -> tuple[HostGuest, GuestArchDomain]:
    host = guest.host
    found = [kind for kind in host.capabilities.guests if kind.arch is not None and kind.arch.domains]
    found = _narrow(found, (said, "value"), os_type, lambda kind: [kind.os_type or ""])
    found = _narrow(found, (said, "arch"), arch, lambda kind: [(kind.arch and kind.arch.name) or ""])
    found = _narrow(found, (guest.domain, "type"), virt_type, lambda kind: [d.type or "" for d in _types(kind)])
    if not found:
        raise GuestError("the host's capabilities list nothing that it can run", node=guest.domain, field="type")
    if machine is not None:
        found = _with_machine(found, said, machine)
    if arch is None:
        found = [kind for kind in found if kind.arch and kind.arch.name == host.arch] or found
    chosen = found[0]
    types = {listed.type: listed for listed in reversed(list(_types(chosen)))}
    if virt_type is not None:
        return chosen, types[virt_type]  # type: ignore[index]
    best = next((types[name] for name in _BEST_TYPES if name in types), None)
    return chosen, best or next(_types(chosen))


_KINDS = {"value": "operating system type", "arch": "architecture", "type": "virtualization type"}
"""What fields are called by which kinds of guests are told apart."""


def _narrow(
    found: list[HostGuest],
    place: tuple[OsType | Domain, str],
    wanted: str | None,
    names: Callable[[HostGuest], Sequence[str]],
) -> list[HostGuest]:
    """Return the kinds of guests that have what is wanted for a field of a node, all if nothing is.

    Raises GuestError if there are none.
    """
    if wanted is None:
        return found
    left = [kind for kind in found if wanted in names(kind)]
    if not left:
        known = sorted({name for kind in found for name in names(kind)})
        node, field = place
        reason = f"the host has no guests of the {_KINDS[field]} {wanted!r}, only: {', '.join(known) or 'none'}"
        raise GuestError(reason, node=node, field=field)
    return left


def _with_machine(found: list[HostGuest], said: OsType, machine: str) -> list[HostGuest]:
    """Return the kinds of guests that have a machine, or another version of it.

    Raises GuestError if there are none.
    """
    left = [kind for kind in found if machine in machine_names(kind)]
    if not left:
        wanted = family(machine)
        left = [kind for kind in found if any(family(name) == wanted for name in machine_names(kind))]
    if not left:
        from ...diagnostics.suggest import did_you_mean, nearest

        near = nearest(machine, sorted({name for kind in found for name in machine_names(kind)}))
        meant = did_you_mean(*near, lead=", ")
        reason = f"the host has no such machine for this guest{meant}"
        raise GuestError(reason, node=said, field="machine", value=machine)
    return left


def _types(kind: HostGuest) -> Iterator[GuestArchDomain]:
    if kind.arch is not None:
        yield from kind.arch.domains


def machine_names(kind: HostGuest) -> list[str]:
    """Return the names of the machines that a kind of guest may have, in the host's order."""
    return [machine.value for machine in _machines(kind) if machine.value]


def _machines(kind: HostGuest) -> list[Machine]:
    if kind.arch is None:
        return []
    return [*kind.arch.machines, *(machine for one in kind.arch.domains for machine in one.machines)]


def room_for_vcpus(guest: Guest) -> int | None:
    """Return how many virtual CPUs the guest's machine has room for; None if the host does not tell."""
    machines = _machines(guest.capabilities) if guest.capabilities is not None and guest.is_qemu else ()
    for machine in machines:
        if guest.machine in (machine.value, machine.canonical) and isinstance(machine.max_cpus, int):
            return machine.max_cpus
    return None


def set_machine(guest: Guest) -> None:
    """Choose the machine, if none is named and the hypervisor knows more than one."""
    if guest.machine or guest.os.type is None or guest.capabilities is None:
        return
    names = machine_names(guest.capabilities)
    if guest.arch in X86 and guest.type in QEMU_TYPES and guest.system.supports_chipset_q35 and "q35" in names:
        guest.os.type.machine = "q35"
        return
    usual = next((machine for archs, machine in _USUAL_MACHINES if guest.arch in archs), None)
    if usual in names or (usual and guest.is_hvm and guest.type in QEMU_TYPES):
        guest.os.type.machine = usual
    elif names:
        guest.os.type.machine = names[0]
