"""Where what a guest's firmware remembers is, and where its clone's firmware has that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from virtxml.schema.domain import Domain


def firmware_path(domain: Domain) -> str | None:
    """Return the file or device with the variables of a guest's firmware; None if there is no such path."""
    os = domain.os
    if os is None:
        return None
    if os.varstore is not None:
        return os.varstore.path or None
    if os.nvram is None:
        return None
    source = os.nvram.source
    return (os.nvram.value or "").strip() or (source and (source.file or source.dev)) or None


def set_firmware_path(domain: Domain, path: str) -> None:
    """Let a guest, which has such a path, have another one."""
    os = domain.os
    assert os is not None
    if os.varstore is not None:
        os.varstore.path = path
        return
    nvram = os.nvram
    assert nvram is not None
    if nvram.source is None:
        nvram.value = path
    elif nvram.source.file:
        nvram.source.file = path
    else:
        nvram.source.dev = path
