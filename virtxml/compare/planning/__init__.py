"""What would have to be done so that what a host has is as documents want it.

from virtxml import driver
from virtxml.compare.planning import plan

with driver.connect("qemu:///system") as host:
    for item in plan([virtxml.read("web01.xml")], host):
        print(item.kind, item.name, item.outcome, [change.path for change in item.changes])
"""

from __future__ import annotations

from .making import plan
from .outcomes import OUTCOMES, Change, Item, Plan
from .wanted import Wanted, read_wanted

__all__ = ["OUTCOMES", "Change", "Item", "Plan", "Wanted", "plan", "read_wanted"]
