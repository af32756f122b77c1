"""How a guest starts: firmware, keys, kernel, and what it boots from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement

from ..screen import facts
from ..words import all_said, parts, said
from .disks import place_of
from .names import devices_of, name_of

if TYPE_CHECKING:
    from virtxml.schema.domain import Domain, Os

    from ..screen import Block

_DEVICES = {"hd": "disk", "cdrom": "CD-ROM", "network": "network", "fd": "floppy"}


def booting(domain: Domain) -> list[Block]:
    """Return the facts of how the guest starts."""
    found = domain.os
    launch = domain.launch_security
    return facts(
        ("firmware", _firmware(found) if found is not None else []),
        ("variables", _variables(found) if found is not None else []),
        (
            "TPM",
            [", ".join(parts(tpm, ("alias",))) or "yes" for tpm in domain.devices.tpms]
            if domain.devices is not None
            else [],
        ),
        ("launch security", parts(launch) if launch is not None else []),
        ("bootloader", [said(domain, "bootloader"), said(domain, "bootloader_args")]),
        *((name, [said(found, name)]) for name in ("kernel", "initrd", "cmdline", "shim", "dtb", "root")),
        ("init", _init(found) if found is not None else []),
        ("boots from", _order(domain)),
        ("boot menu", parts(found.bootmenu) if found is not None and found.bootmenu is not None else []),
        ("BIOS", parts(found.bios) if found is not None and found.bios is not None else []),
        ("SMBIOS", parts(found.smbios) if found is not None and found.smbios is not None else []),
        ("ACPI tables", parts(found.acpi) if found is not None and found.acpi is not None else []),
    )


def _firmware(found: Os) -> list[str]:
    """Return which firmware there is, and where; nothing where the hypervisor has its own or none."""
    loader = found.loader
    kind = said(found, "firmware")
    words = [{"efi": "UEFI", "bios": "BIOS"}.get(kind, kind)] if kind else []
    if loader is not None:
        words += [] if words else ["UEFI"] if said(loader, "type") == "pflash" else []
        words += [said(loader, "value"), *parts(loader, ("value", "secure"))]
        words += {"yes": ["secure boot"], "no": ["no secure boot"], "": []}.get(said(loader, "secure"), ["secure=?"])
    for feature in found.firmware_element.features if found.firmware_element is not None else []:
        words.append(f"{said(feature, 'name')}: {said(feature, 'enabled')}")
    return words


def _variables(found: Os) -> list[str]:
    """Return where the firmware keeps its variables."""
    words: list[str] = []
    if found.nvram is not None:
        source = found.nvram.source
        words += [
            said(found.nvram, "value") or (place_of(source, said(found.nvram, "type")) if source is not None else "")
        ]
        words += parts(found.nvram, ("value", "source"))
    if found.varstore is not None:
        words += parts(found.varstore)
    return words


def _init(found: Os) -> list[str]:
    """Return what a container starts."""
    command = " ".join([said(found, "init"), *all_said(found, "initargs")]).strip()
    return [
        command,
        *(f"{name[4:]}={said(found, name)}" for name in ("initdir", "inituser", "initgroup") if said(found, name)),
        *(part for one in found.initenvs for part in ["env " + " ".join(parts(one))]),
    ]


def _order(domain: Domain) -> list[str]:
    """Return what the guest boots from, first things first."""
    single: list[tuple[int, str]] = []
    for device in devices_of(domain.devices):
        boot: Any = None if isinstance(device, AnyElement) else getattr(device, "boot", None)
        if boot is not None and isinstance(boot.order, int):
            single.append((boot.order, name_of(device)))
    if single:
        return [f"{order} {name}" for order, name in sorted(single)]
    kinds = [said(boot, "dev") for boot in (domain.os.boots if domain.os is not None else [])]
    return [" → ".join(_DEVICES.get(kind, kind) for kind in kinds)]
