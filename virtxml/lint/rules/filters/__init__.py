"""Rules about network filters: VX841 to VX850, and VX981."""

HOMES: dict[str, tuple[str, ...]] = {"filter": ("addresses", "chains", "ports", "ranges")}
