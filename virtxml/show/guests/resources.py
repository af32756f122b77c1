"""What a guest is and what it gets: names, memory, CPUs, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..screen import facts
from ..words import amount, parts, said, sized, spoken, under

if TYPE_CHECKING:
    from virtxml.schema.cpu import GuestCPU
    from virtxml.schema.domain import Domain

    from ..screen import Block


def about(domain: Domain) -> list[str]:
    """Return what is said beside the guest's name: its type, architecture and machine, and whether it runs."""
    kind = domain.os.type if domain.os is not None else None
    running = f"running as {spoken(domain.id)}" if domain.id is not None else ""
    system = said(kind, "value")
    found = [
        said(domain, "type"),
        said(kind, "arch"),
        said(kind, "machine"),
        "" if system == "hvm" else system,
        running,
    ]
    return [part for part in found if part]


def names(domain: Domain) -> list[Block]:
    """Return what identifies the guest."""
    return facts(
        ("title", [said(domain, "title")]),
        ("uuid", [said(domain, "uuid")]),
        ("hardware uuid", [said(domain, "hwuuid")]),
        ("generation id", [said(domain, "genid")]),
        ("description", [said(domain, "description")]),
    )


def resources(domain: Domain) -> list[Block]:
    """Return memory, CPUs, threads and limits."""
    tune = domain.cputune
    return facts(
        ("memory", _memory(domain)),
        ("backed by", parts(domain.memory_backing) if domain.memory_backing is not None else []),
        ("vCPUs", _vcpus(domain)),
        *(cpu_facts(domain.cpu) if domain.cpu is not None else []),
        ("I/O threads", _threads(domain)),
        ("CPU limits", parts(tune, ("vcpupins", "emulatorpin", "iothreadpins")) if tune is not None else []),
        ("memory limits", parts(domain.memtune) if domain.memtune is not None else []),
        ("disk limits", parts(domain.blkiotune) if domain.blkiotune is not None else []),
        ("throttles", parts(domain.throttlegroups) if domain.throttlegroups is not None else []),
        ("partition", parts(domain.resource) if domain.resource is not None else []),
    )


def _memory(domain: Domain) -> list[str]:
    size = sized(domain.memory)
    now = sized(domain.current_memory)
    most = sized(domain.max_memory)
    slots = said(domain.max_memory, "slots")
    found = [size or ("not said" if now else "")]
    if now and now != size:
        found.append(f"{now} at start")
    if most:
        found.append(f"at most {most}" + (f" in {slots} slots" if slots else ""))
    dump = said(domain.memory, "dump_core")
    return [*found, f"dumpCore={dump}" if dump else ""]


def _vcpus(domain: Domain) -> list[str]:
    vcpu = domain.vcpu
    number, now = said(vcpu, "value"), said(vcpu, "current")
    found = [f"{now} of {number}" if now and now != number else number]
    topology = domain.cpu.topology if domain.cpu is not None else None
    if topology is not None:
        levels = [(said(topology, name), name) for name in topology.xml_fields]
        found.append(" x ".join(f"{many} {name if many != '1' else name[:-1]}" for many, name in levels if many))
    if vcpu is not None:
        found.extend(parts(vcpu, ("value", "current", "cpuset")))
        if vcpu.cpuset:
            found.append(f"on host CPUs {spoken(vcpu.cpuset)}")
    if domain.vcpus is not None:
        found.extend(_single(domain.vcpus.vcpus))
    return found


def _single(vcpus: list[Any]) -> list[str]:
    """Return which of the vCPUs are off, and which can be taken out."""
    off = [said(vcpu, "id") for vcpu in vcpus if vcpu.enabled is False]
    movable = [said(vcpu, "id") for vcpu in vcpus if vcpu.hotpluggable is True]
    ordered = [f"{said(vcpu, 'id')}" for vcpu in sorted((v for v in vcpus if isinstance(v.order, int)), key=_order)]
    found = [f"off: {' '.join(off)}"] if off else []
    found += [f"hotpluggable: {' '.join(movable)}"] if movable else []
    return found + ([f"plugged in the order {' '.join(ordered)}"] if ordered else [])


def _order(vcpu: Any) -> int:
    order: int = vcpu.order
    return order


def cpu_facts(cpu: GuestCPU) -> list[tuple[str, list[str]]]:
    """Return what a CPU is, and which features are on and off."""
    return [("CPU", _cpu(cpu)), ("CPU features", _features(cpu))]


def _cpu(cpu: GuestCPU) -> list[str]:
    """Return mode, model and the rest of what is said of the CPU itself."""
    name = " ".join(filter(None, [said(cpu, "mode"), said(cpu.model, "value")]))
    found = [name, *under("model", cpu.model, ("value",))] if name or cpu.model is not None else []
    found += parts(cpu, ("mode", "model", "topology", "features", "numa"))
    return found or (["as the hypervisor has it"] if cpu.topology is None and not cpu.features else [])


def _features(cpu: GuestCPU) -> list[str]:
    """Return the features of the CPU, by what is done with them."""
    by_policy: dict[str, list[str]] = {}
    for feature in cpu.features:
        policy = said(feature, "policy") or "require"
        rest = parts(feature, ("policy", "name"))
        by_policy.setdefault(policy, []).append(said(feature, "name") + (f"({' '.join(rest)})" if rest else ""))
    return [f"{policy}: {' '.join(names)}" for policy, names in by_policy.items()]


def _threads(domain: Domain) -> list[str]:
    found = [said(domain, "iothreads")]
    if domain.iothreadids is not None:
        found.extend(parts(domain.iothreadids))
    if domain.defaultiothread is not None:
        found.append(f"default: {' '.join(parts(domain.defaultiothread))}")
    return found


def rest(domain: Domain) -> list[Block]:
    """Return all that no other section shows."""
    pairs: list[tuple[str, list[str]]] = []
    for name, field in domain.xml_fields.items():
        found = getattr(domain, field.slot)
        if name in _SHOWN or name in _EVENTS or found is None or found == [] or found is False:
            continue
        if name == "qemu_commandline":
            words = [said(arg, "value") for arg in found.args]
            pairs.append(("arguments", [" ".join(words), *parts(found, ("args",))]))
        elif name == "metadata":
            pairs.append((name, [amount(len(found.children), "element"), *(child.name for child in found.children)]))
        elif isinstance(found, list):
            pairs.extend((field.xml, parts(item)) for item in found)
        else:
            pairs.append(
                (field.xml.rpartition("}")[2], [said(domain, name)] if isinstance(found, str | int) else parts(found))
            )
    if domain.extra:
        pairs.append(("unknown", [f"<{element.name}>" for element in domain.extra.elements]))
    events = [f"{name.removeprefix('on_')}: {said(domain, name)}" for name in _EVENTS if said(domain, name)]
    return facts(("events", events), *((name, found or ["yes"]) for name, found in pairs))


_EVENTS = ("on_poweroff", "on_reboot", "on_crash", "on_lockfailure")
_SHOWN = frozenset(
    {
        *("type", "id", "name", "uuid", "hwuuid", "genid", "title", "description"),
        *("max_memory", "memory", "current_memory", "memory_backing", "memtune", "blkiotune", "resource"),
        *("vcpu", "vcpus", "cpu", "cputune", "numatune", "iothreads", "iothreadids", "defaultiothread"),
        *("throttlegroups", "os", "devices", "bootloader", "bootloader_args", "launch_security"),
    }
)
"""The fields that sections of their own show."""
