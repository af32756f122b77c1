"""Firmware, kernels, and from what a guest boots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.calls.values import get, setting
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain, Os


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    os = domain.os
    if os is None:
        return
    firmware = list(_firmware(os))
    if firmware:
        yield setting("os", *firmware)
    if os.kernel is not None:
        yield setting("os", call("kernel", os.kernel, initrd=os.initrd, cmdline=os.cmdline, dtb=os.dtb))
    if os.boots:
        yield setting("os.boots", call("boot", *[boot.dev for boot in os.boots]))
    menu = os.bootmenu
    if menu is not None and menu.enable is True:
        yield setting("os.bootmenu", call("boot_menu", timeout=menu.timeout))


def _firmware(os: Os) -> Iterator[Call]:
    features = {one.name: one.enabled for one in get(os, "firmware_element.features") or []}
    secure = features.get("secure-boot", get(os, "loader.secure"))
    keys = features.get("enrolled-keys")
    if os.firmware == "bios":
        yield call("bios", serial=get(os, "bios.useserial"), reboot_timeout=get(os, "bios.reboot_timeout"))
    elif os.firmware == "efi" or get(os, "loader.value") is not None:
        yield call(
            "uefi",
            secure_boot=secure,
            enrolled_keys=None if keys == secure else keys,
            loader=get(os, "loader.value"),
            nvram=get(os, "nvram.value"),
        )
