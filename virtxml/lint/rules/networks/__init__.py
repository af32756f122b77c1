"""Rules about virtual networks: VX801 to VX830, and from VX941 to VX950."""

HOMES: dict[str, tuple[str, ...]] = {
    "network": ("dhcp", "forwarding", "modes", "names", "options", "portgroups", "routes", "traffic"),
    "network/bridge": ("names",),
    "network/dns": ("dns",),
    "network/domain": ("dns",),
    "network/forward": ("forwarding", "names"),
    "network/forward/nat": ("forwarding",),
    "network/ip": ("addresses", "dhcp"),
    "network/mac": ("names",),
    "network/mtu": ("names",),
}
