"""Rules about devices of hosts: VX871 to VX880."""

HOMES: dict[str, tuple[str, ...]] = {"device": ("making",)}
