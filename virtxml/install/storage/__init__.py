"""From where disks come: files, volumes of pools, devices of the host, servers; and volumes that would be made."""

from __future__ import annotations

from .requests import place_disks
from .volumes import NewVolume

__all__ = ["NewVolume", "place_disks"]
