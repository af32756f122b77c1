"""Rules about features of hypervisors and machines, clocks, and what happens when a guest ends."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("lifecycle", "machines", "metadata"),
    "domain/clock": ("timers",),
    "domain/clock/timer": ("timers",),
    "domain/devices": ("machines",),
    "domain/features": ("features", "hypervisors"),
    "domain/features/hyperv": ("hypervisors",),
    "domain/features/kvm": ("hypervisors",),
    "domain/features/ps2": ("features",),
    "domain/features/smm": ("features",),
    "domain/features/tcg": ("hypervisors",),
    "domain/keywrap": ("lifecycle",),
    "domain/os/type": ("machines",),
    "domain/perf": ("lifecycle",),
    "domain/pm": ("lifecycle",),
}
