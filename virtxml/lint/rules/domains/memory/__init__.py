"""Rules about memory and NUMA nodes."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("sizes", "sets", "sharing"),
    "domain/cpu/numa": ("cells", "interconnects"),
    "domain/cpu/numa/cell": ("cells",),
    "domain/currentMemory": ("sizes",),
    "domain/devices": ("devices", "sizes"),
    "domain/devices/controller": ("cells",),
    "domain/devices/memory": ("devices", "device_settings"),
    "domain/maxMemory": ("sizes",),
    "domain/memoryBacking/hugepages": ("hugepages",),
    "domain/memtune": ("limits",),
    "domain/numatune": ("tuning",),
    "domain/numatune/memory": ("tuning",),
}
