"""The builder of guests."""

from __future__ import annotations

from .basics import Basics
from .boot import BootSteps
from .characters import CharacterSteps
from .cpus import CpuSteps
from .devices import DeviceSteps
from .disks import DiskSteps
from .hostdevs import HostdevSteps
from .memory import MemorySteps
from .networks import NetworkSteps
from .screens import ScreenSteps
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
