"""Shares and limits of processor time, disks and block devices."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ...guests.hardware import SCHEDULER_PERIODS, SCHEDULER_QUOTAS, SCHEDULING
from ...schema.domain import Blkiotune, BlkiotuneDevice, Disk, DiskIotune, Domain
from ..command import DOMAIN, NUMBER, SIZE, WHEN, Command, Option
from ..errors import UsageError, VirshError
from ..finding import devices_of, sources_of, target_of
from ..said import listed
from .pins import drop_empty_tuning, tuning_of

if TYPE_CHECKING:
    from ..said import Said

_DIRECTIONS = ("total", "read", "write")
_RATES = {
    "bytes-sec": ("throughput, in bytes a second", SIZE),
    "iops-sec": ("operations a second", NUMBER),
    "bytes-sec-max": ("throughput for a while, in bytes a second", SIZE),
    "iops-sec-max": ("operations a second for a while", NUMBER),
    "bytes-sec-max-length": ("for how many seconds the larger throughput is allowed", NUMBER),
    "iops-sec-max-length": ("for how many seconds more operations are allowed", NUMBER),
}
"""The limits of a disk, each in total, for reading and for writing; what is said of one of the three replaces them."""
_EXCLUSIVE_RATES = tuple(_RATES)[:4]
"""Those of which either the total is said, or what is read and written."""
_LARGEST_RATE = 10**15


def _fields(rate: str) -> list[str]:
    return [f"{direction}-{rate}" for direction in _DIRECTIONS]


def _limit_disk(said: Said, domain: Domain) -> str | None:
    disk = _disk(domain, said.text("device"))
    options = [name for rate in _RATES for name in _fields(rate)]
    if not said.has(*options, "size-iops-sec", "group-name"):
        limits = disk.iotune or DiskIotune()
        names = [option.name.replace("-", "_") for option in _LIMITS]
        return listed({name: getattr(limits, name) or (None if name == "group_name" else 0) for name in names})
    group = said.text("group-name")
    limits = _limits_to_change(domain, disk, group)
    for rate in _RATES:
        if said.has(*_fields(rate)):
            for name in _fields(rate):
                setattr(limits, name.replace("-", "_"), _said_rate(said, name) or None)
    if said.has("size-iops-sec"):
        limits.size_iops_sec = _said_rate(said, "size-iops-sec") or None
    if group is not None:
        limits.group_name = group
    for rate in _EXCLUSIVE_RATES:
        total, *others = (getattr(limits, name.replace("-", "_")) for name in _fields(rate))
        if total and any(others):
            raise VirshError(f"--total-{rate} excludes --read-{rate} and --write-{rate}")
    if group is not None and not _limits_anything(limits):
        raise VirshError(f"--group-name: the group {group} would have no limits")
    for one in devices_of(domain).disks:
        if one is disk or (limits.group_name and one.iotune is not None and one.iotune.group_name == limits.group_name):
            _set_limits(one, limits)
    return None


def _disk(domain: Domain, name: str) -> Disk:
    for disk in devices_of(domain).disks:
        if target_of(disk) == name or (name.startswith("/") and name in sources_of(disk)):
            return disk
    raise VirshError(f"no disk has the target or the path {name!r}")


def _limits_to_change(domain: Domain, disk: Disk, group: str | None) -> DiskIotune:
    """Return what limits are there before the change: those of the group that the disk comes to, else its own."""
    if group is not None and (disk.iotune is None or disk.iotune.group_name != group):
        for other in devices_of(domain).disks:
            if other.iotune is not None and other.iotune.group_name == group:
                return deepcopy(other.iotune)
    return DiskIotune() if disk.iotune is None else deepcopy(disk.iotune)


def _said_rate(said: Said, name: str) -> int:
    number = said.scaled(name, "bytes") if "bytes" in name and "length" not in name else said.number(name)
    if number is not None and number > _LARGEST_RATE:
        raise VirshError(f"--{name}: {number} is more than {_LARGEST_RATE}")
    return number or 0


def _limits_anything(limits: DiskIotune) -> bool:
    """Tell whether there are limits, besides the name of a group that shares them."""
    return any(getattr(limits, option.name.replace("-", "_")) for option in _LIMITS if option.name != "group-name")


def _set_limits(disk: Disk, limits: DiskIotune) -> None:
    if not _limits_anything(limits):
        # As libvirt, which keeps no group without limits.
        disk.iotune = None
        return
    if disk.iotune is None:
        disk.iotune = DiskIotune()
    for option in _LIMITS:
        name = option.name.replace("-", "_")
        setattr(disk.iotune, name, getattr(limits, name))


_DEVICE_VALUES = {
    "device-weights": "weight",
    "device-read-iops-sec": "read_iops_sec",
    "device-write-iops-sec": "write_iops_sec",
    "device-read-bytes-sec": "read_bytes_sec",
    "device-write-bytes-sec": "write_bytes_sec",
}
"""The fields of the options of blkiotune that are about devices."""


def _share_devices(said: Said, domain: Domain) -> str | None:
    weight = said.number("weight", negative=True)
    tuning = domain.blkiotune or Blkiotune()
    if not said.has("weight", *_DEVICE_VALUES):
        shown: dict[str, object] = {"weight": tuning.weight or 0}
        for option, field in _DEVICE_VALUES.items():
            pairs = [f"{device.path},{getattr(device, field)}" for device in tuning.devices if getattr(device, field)]
            shown[option.replace("-", "_").replace("weights", "weight")] = ",".join(pairs)
        return listed(shown)
    if weight is not None:
        if weight <= 0:
            raise VirshError(f"--weight: {weight} is no weight")
        tuning.weight = weight
    wanted = [(field, _said_pairs(said, option)) for option, field in _DEVICE_VALUES.items() if said.has(option)]
    for field, values in wanted:
        for path, number in values:
            device = next((one for one in tuning.devices if one.path == path), None)
            if device is None:
                device = BlkiotuneDevice(path=path)
                tuning.devices.append(device)
            setattr(device, field, number or None)
    fields = tuple(_DEVICE_VALUES.values())
    tuning.devices[:] = [one for one in tuning.devices if any(getattr(one, field) is not None for field in fields)]
    domain.blkiotune = None if tuning == Blkiotune() else tuning
    return None


def _said_pairs(said: Said, option: str) -> list[tuple[str, int]]:
    parts = said.text(option).split(",")
    paths, numbers = parts[::2], parts[1::2]
    if len(paths) != len(numbers) or not all(paths) or not all(one.isascii() and one.isdigit() for one in numbers):
        raise VirshError(f"--{option}: {said.text(option)!r} is not PATH,NUMBER,PATH,NUMBER …")
    return [(path, int(number)) for path, number in zip(paths, numbers, strict=True)]


def _schedule(said: Said, domain: Domain) -> str | None:
    if said.has("weight", "cap"):
        raise VirshError("--weight and --cap are for Xen, which keeps them in no document")
    wanted = {}
    for text in said.texts("set"):
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"schedinfo: {text!r} is not NAME=VALUE")
        if name not in SCHEDULING:
            raise VirshError(f"{name!r} is no parameter: there are {', '.join(SCHEDULING)}")
        if name in wanted:
            raise UsageError(f"schedinfo: {name} is given twice")
        wanted[name] = _parameter(name, value)
    if not wanted:
        tuning = domain.cputune
        shown = {name: getattr(tuning, field, None) or 0 for name, field in SCHEDULING.items()}
        return listed({"Scheduler": "posix", **shown})
    for name, number in wanted.items():
        keeps = number or name == "cpu_shares"
        setattr(tuning_of(domain), SCHEDULING[name], number if keeps else None)
    drop_empty_tuning(domain)
    return None


def _parameter(name: str, value: str) -> int:
    """Return the value of a parameter. Raises VirshError for what is none of its values."""
    digits = value[1:] if value.startswith("-") and name.endswith("quota") else value
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(2**63)):
        raise VirshError(f"{name}: {value!r} is no whole number")
    number = int(value)
    allowed = SCHEDULER_PERIODS if name.endswith("period") else SCHEDULER_QUOTAS if name.endswith("quota") else None
    if allowed is not None and number > 0 and number not in allowed:
        raise VirshError(f"{name}: {number} is not in {allowed[0]} to {allowed[-1]}")
    return number


_LIMITS = (
    *(
        Option(name, f"{name.partition('-')[0]}: {text}", value)
        for rate, (text, value) in list(_RATES.items())[:4]
        for name in _fields(rate)
    ),
    Option("size-iops-sec", "how many bytes count as an operation", NUMBER),
    Option("group-name", "a name for disks that share their limits"),
    *(
        Option(name, f"{name.partition('-')[0]}: {text}", value)
        for rate, (text, value) in list(_RATES.items())[4:]
        for name in _fields(rate)
    ),
)
"""The options of blkdeviotune, in virsh's order."""

COMMANDS = (
    Command(
        "blkdeviotune",
        "limit the throughput of a disk; without limits, show them",
        (DOMAIN, Option("device", "the name of the disk in the guest, or its path", required=True), *_LIMITS, *WHEN),
        _limit_disk,
        Domain,
        synonyms=tuple((option.name.replace("-", "_"), option.name) for option in _LIMITS),
    ),
    Command(
        "blkiotune",
        "share out block devices of the host; without values, show them",
        (
            DOMAIN,
            Option("weight", "the share of all devices", NUMBER),
            *(
                Option(option, f"per device: PATH,{field.upper()},PATH,{field.upper()} …", "PATH,NUMBER")
                for option, field in _DEVICE_VALUES.items()
            ),
            *WHEN,
        ),
        _share_devices,
        Domain,
    ),
    Command(
        "schedinfo",
        "share out processor time; without values, show them",
        (
            DOMAIN,
            Option("weight", "for Xen: refused, as no document has it", NUMBER, named=True),
            Option("cap", "for Xen: refused, as no document has it", NUMBER, named=True),
            *WHEN,
            Option("set", "a parameter: " + ", ".join(SCHEDULING), "NAME=VALUE", empty=True, repeated=True),
        ),
        _schedule,
        Domain,
    ),
)
