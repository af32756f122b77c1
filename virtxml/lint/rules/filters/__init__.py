"""Rules about network filters: VX841 to VX850."""

HOMES: dict[str, tuple[str, ...]] = {"filter": ("chains", "ports", "ranges")}
