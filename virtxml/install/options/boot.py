"""How a guest starts: `--boot`."""

from __future__ import annotations

import shlex
from posixpath import abspath
from typing import TYPE_CHECKING

from ..command_line.splitting import split
from ..language.declaring import Option, Sub
from ..language.paths import set_path, switch, unset_path

if TYPE_CHECKING:
    from ...schema.domain import Os
    from ..language.declaring import Handler
    from ..language.work import Work

_DEVICES = ("hd", "cdrom", "fd", "network")


def _domain(path: str) -> Handler:
    """Return a handler that sets a path of the domain rather than of `<os>`."""

    def handle(work: Work, value: str | None) -> None:
        try:
            if value is None:
                unset_path(work.domain, path)
            else:
                set_path(work.domain, path, value)
        except ValueError as error:
            raise work.error(str(error), value) from None

    return handle


def _device(work: Work, value: str | None) -> None:
    """Take a device; `_end` puts them in the user's order."""


def _split(text: str) -> list[tuple[str, str | None]]:
    """Give words that mean something by themselves a value."""
    words = (*_DEVICES, "uefi")
    return [(key, "on") if value is None and key in words else (key, value) for key, value in split(text)]


def _end(work: Work) -> None:
    """Put the devices that are named by themselves in the user's order, before those of `bootN.dev`."""
    names = [key for key, value in work.items if key in _DEVICES and value]
    if names:
        given = [sub for sub in work.said if sub.startswith("boot") and sub.endswith(".dev")]
        wanted = list(dict.fromkeys(names))
        for number, name in enumerate(wanted):
            if f"boot{number}.dev" not in given:
                work.set(f"boot{number}.dev", name)
        if not given:
            os: Os = work.node  # type: ignore[assignment]
            del os.boots[len(wanted) :]


def _uefi(work: Work, value: str | None) -> None:
    boot = work.applied.boot
    try:
        boot.uefi = None if value is None else switch(value)
    except ValueError:
        boot.uefi = True
        boot.uefi_path = value


def _secure_boot(work: Work, value: bool | None) -> None:
    work.applied.boot.secure_boot = value


def _refresh_machine_type(work: Work, value: bool | None) -> None:
    work.applied.boot.refresh_machine_type = bool(value)


def _firmware_feature(work: Work, value: bool | None) -> None:
    """Turn a feature of automatically chosen firmware on or off."""
    assert work.key is not None
    name = work.key.partition(".")[2]
    firmware = work.node.firmware_element if work.node is not None else None  # type: ignore[attr-defined]
    features = firmware.features if firmware is not None else []
    places = [place for place, feature in enumerate(features) if feature.name == name]
    place = places[0] if places else len(features)
    work.set(f"firmware.feature{place}.enabled", value)
    if value is not None:
        work.set(f"firmware.feature{place}.name", name)


def _path(work: Work, value: str | None) -> None:
    """Set the path of a file of the host, from its root directory."""
    assert work.key is not None
    work.set(work.key, value if value is None or "://" in value else abspath(value))
    os: Os = work.node  # type: ignore[assignment]
    if work.key == "nvram" and os.nvram is not None:
        # The older way to say where it is leaves no room for the newer one.
        os.nvram.type = os.nvram.source = None


def _initargs(work: Work, value: str | None) -> None:
    try:
        words = shlex.split(value or "")
    except ValueError as error:
        raise work.error(str(error), value) from None
    for number, word in enumerate(words):
        work.set(f"initarg{number}", word)


BOOT = Option(
    "--boot",
    "os",
    [
        *(Sub(name, handler=_device) for name in _DEVICES),
        Sub("refresh-machine-type", handler=_refresh_machine_type, switch=True),
        Sub("os_type", path="type"),
        Sub("arch", path="type.arch"),
        Sub("machine", path="type.machine"),
        Sub("bootloader", handler=_domain("bootloader")),
        Sub("bootloader_args", handler=_domain("bootloader_args")),
        Sub("domain_type", handler=_domain("type")),
        Sub("emulator", handler=_domain("devices.emulator")),
        Sub("uefi", handler=_uefi),
        Sub("secure-boot", handler=_secure_boot, switch=True),
        Sub("loader"),
        Sub("loader.readonly", "loader_ro", switch=True),
        Sub("loader.type", "loader_type"),
        Sub("loader.secure", "loader_secure", switch=True),
        Sub("loader.stateless", switch=True),
        Sub("firmware"),
        Sub("firmware.feature*.enabled", switch=True),
        Sub("firmware.feature*.name"),
        Sub("firmware.secure-boot", handler=_firmware_feature, switch=True),
        Sub("firmware.enrolled-keys", handler=_firmware_feature, switch=True),
        Sub("nvram", handler=_path),
        Sub("nvram.template", "nvram_template"),
        Sub("boot*.dev"),
        Sub("bootmenu.enable", "menu", switch=True),
        Sub("bootmenu.timeout"),
        Sub("bios.useserial", "useserial", switch=True),
        Sub("bios.rebootTimeout", "rebootTimeout"),
        Sub("smbios.mode", "smbios_mode"),
        Sub("nvram.templateFormat"),
        Sub("kernel", handler=_path),
        Sub("initrd", handler=_path),
        Sub("cmdline", "extra_args", "kernel_args", comma=True),
        Sub("dtb", handler=_path),
        Sub("acpi.table", handler=_path),
        Sub("acpi.table.type"),
        Sub("init"),
        Sub("initargs", handler=_initargs),
        Sub("initarg*"),
        Sub("initenv*"),
        Sub("initenv*.name"),
        Sub("initdir"),
        Sub("inituser"),
        Sub("initgroup"),
    ],
    split=_split,
    end=_end,
)
