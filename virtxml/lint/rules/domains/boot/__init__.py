"""Rules about firmware and booting."""

HOMES: dict[str, tuple[str, ...]] = {}
