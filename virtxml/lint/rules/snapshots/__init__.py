"""Rules about snapshots, checkpoints and backups of guests: VX851 to VX870."""

HOMES: dict[str, tuple[str, ...]] = {
    "domainbackup": ("backups",),
    "domaincheckpoint": ("checkpoints",),
    "domainsnapshot": ("disks", "names"),
}
