"""Rules about what a host offers, and whether the guest runs there."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("features", "kinds", "memory", "nodes"),
    "domain/cpu": ("cpus",),
    "domain/cputune": ("nodes",),
    "domain/devices": ("assignment", "devices"),
    "domain/features/gic": ("features",),
    "domain/features/hyperv": ("features",),
    "domain/launchSecurity": ("features",),
    "domain/memory": ("memory",),
    "domain/memoryBacking": ("memory",),
    "domain/numatune": ("memory",),
    "domain/os": ("firmware",),
    "domain/os/loader": ("firmware",),
    "domain/seclabel": ("labels",),
    "domain/vcpu": ("nodes",),
}
