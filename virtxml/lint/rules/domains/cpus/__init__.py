"""Rules about virtual CPUs, their models, and the threads that run them."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("advice",),
    "domain/blkiotune": ("limits",),
    "domain/cpu": ("models", "features", "advice"),
    "domain/cpu/cache": ("models",),
    "domain/cpu/maxphysaddr": ("models",),
    "domain/cpu/topology": ("counts",),
    "domain/cputune": ("pins", "limits", "iothreads", "resctrl"),
    "domain/cputune/cachetune": ("resctrl",),
    "domain/cputune/memorytune": ("resctrl",),
    "domain/cputune/vcpupin": ("pins",),
    "domain/defaultiothread": ("iothreads",),
    "domain/devices/controller": ("iothreads",),
    "domain/devices/disk": ("iothreads",),
    "domain/iothreadids": ("iothreads",),
    "domain/iothreadids/iothread": ("iothreads",),
    "domain/vcpu": ("counts", "advice"),
    "domain/vcpus": ("counts",),
}
