"""Rules over several documents: what two of them cannot have both, and what one names that none defines."""

HOMES: dict[str, tuple[str, ...]] = {
    "together": (
        "filters",
        "hostdevs",
        "images",
        "macs",
        "missing_disks",
        "missing_networks",
        "missing_storage",
        "names",
        "networks",
        "pools",
        "sockets",
    )
}
