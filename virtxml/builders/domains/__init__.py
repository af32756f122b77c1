"""The builder of guests."""

from __future__ import annotations

from .basics import Basics
from .boot import BootSteps
from .cpus import CpuSteps
from .devices.characters import CharacterSteps
from .devices.disks import DiskSteps
from .devices.hostdevs import HostdevSteps
from .devices.networks import NetworkSteps
from .devices.others import DeviceSteps
from .devices.screens import ScreenSteps
from .memory import MemorySteps
from .tuning import TuningSteps

__all__ = ["DomainBuilder"]


class DomainBuilder(
    Basics,
    MemorySteps,
    CpuSteps,
    BootSteps,
    DiskSteps,
    NetworkSteps,
    ScreenSteps,
    HostdevSteps,
    CharacterSteps,
    DeviceSteps,
    TuningSteps,
):
    """Builds a guest for QEMU: a `virtxml.Domain`.

    Steps may come in any order. The guest has the devices that were asked for, and what these need: `virtxml install`
    and this builder have the same defaults for machines, firmware, CPUs, buses, controllers, clocks and features.
    """
