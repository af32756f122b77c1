"""Did libvirt do what was asked for? Everything wanted is there, and nothing that libvirt does not add by itself."""

from __future__ import annotations

from .answer import Answer, Difference
from .asking import satisfies
from .own_devices import all_devices
from .runtime import is_active, is_runtime

__all__ = ["Answer", "Difference", "all_devices", "is_active", "is_runtime", "satisfies"]
