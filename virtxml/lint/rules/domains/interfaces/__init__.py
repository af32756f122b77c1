"""Rules about network interfaces."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices/interface": ("types", "models", "names", "traffic", "user", "teaming"),
}
