"""From where disks come: files, volumes of pools, devices of the host, servers; and volumes that would be made."""

from __future__ import annotations

from .requests import new_source, place_disks, take_for_granted
from .urls import is_url, local_path, set_url
from .volumes import NewVolume, format_of, set_path, set_volume, set_volume_named

__all__ = [
    "NewVolume",
    "format_of",
    "is_url",
    "local_path",
    "new_source",
    "place_disks",
    "set_path",
    "set_url",
    "set_volume",
    "set_volume_named",
    "take_for_granted",
]
