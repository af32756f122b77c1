"""What libvirt changes in a network that is up: `virsh net-update`, `virNetworkObjUpdate` in `src/conf`."""

from __future__ import annotations

SECTIONS = {
    "ip/dhcp/host": ("add", "delete", "modify"),
    "ip/dhcp/range": ("add", "delete"),
    "dns/host": ("add", "delete"),
    "dns/txt": ("add", "delete"),
    "dns/srv": ("add", "delete"),
    "forward/interface": ("add", "delete"),
    "portgroup": ("add", "delete", "modify"),
}
"""The parts that change, and how: `virNetworkDefUpdateIPDHCPHost` and its neighbours in `network_conf.c`."""
