"""Rules about snapshots, checkpoints and backups."""

HOMES: dict[str, tuple[str, ...]] = {}
