"""Where firmware keeps its variables: `<nvram>`, and loaders that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os, OsNvram
    from ....guest import Guest


def _is_somewhere(nvram: OsNvram) -> bool:
    """Tell whether it is said where the variables are, and not only what they are made from."""
    return bool(nvram.value and nvram.value.strip()) or nvram.source is not None


@rule(
    "VX559",
    "firmware-nvram-contradiction",
    "domain/os",
    words="NVRAM is not permitted when loader is stateless",
    since="8.6.0",
    early=True,
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader stateless='yes' readonly='yes' type='pflash'>/usr/share/edk2/ovmf/OVMF.amdsev.fd</loader>
  <nvram>/var/lib/libvirt/qemu/nvram/guest_VARS.fd</nvram>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader stateless='yes' readonly='yes' type='pflash'>/usr/share/edk2/ovmf/OVMF.amdsev.fd</loader>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_nvram_contradiction(os: Os, _: Guest) -> Iterator[Problem]:
    """Variables are given to firmware that keeps none, or asked of it.

    A BIOS keeps no variables, and a stateless loader is one that does not. Only UEFI in flash has variables.
    """
    loader, nvram = os.loader, os.nvram
    if nvram is not None:
        if os.firmware == "bios" and _is_somewhere(nvram):
            yield Problem(os, "nvram", "a BIOS has no variables to keep", fix=drop(os, "nvram", safe=False))
            return
        stateless = loader is not None and loader.stateless is True and (os.firmware is not None or loader.value)
        if stateless and (nvram.template or _is_somewhere(nvram)):
            yield Problem(
                os,
                "nvram",
                "the loader is said to be stateless, and keeps no variables",
                other=loader,
                there="the loader is here",
                fix=drop(os, "nvram", safe=False),
            )
            return
    if loader is None or loader.stateless is not False:
        return
    if os.firmware == "bios":
        yield Problem(loader, "stateless", "a BIOS is always stateless", fix=drop(loader, "stateless", safe=False))
    elif os.firmware is None and loader.value and loader.type != "pflash":
        yield Problem(
            loader,
            "stateless",
            "loaders keep variables only in flash",
            help="say type='pflash', if it is UEFI",
        )


_PLACES = ("file", "block", "network")
"""The kinds of storage that variables can be in."""


@rule(
    "VX575",
    "firmware-nvram-source",
    "domain/os",
    words="unsupported nvram disk type 'volume'",
    since="8.6.0",
    drivers=("qemu",),
    early=True,
    when="nvram",
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <nvram type='volume'>
    <source pool='default' volume='guest_VARS.fd'/>
  </nvram>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <nvram type='file'>
    <source file='/var/lib/libvirt/images/guest_VARS.fd'/>
  </nvram>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_nvram_source(os: Os, _: Guest) -> Iterator[Problem]:
    """The firmware's variables are in a kind of storage that QEMU does not take them from.

    They are in a file, a block device or an image that a server has, all of it: not a slice, and without reservations.
    """
    nvram = os.nvram
    if nvram is None or nvram.type is None:
        return
    source = nvram.source
    if nvram.type not in _PLACES:
        yield Problem(
            nvram, "type", "the firmware's variables cannot be in storage of the type {type}", type=nvram.type
        )
    elif source is not None:
        if source.slices is not None:
            yield Problem(source, "slices", "the firmware's variables cannot be in a slice of an image")
        if source.reservations is not None:
            yield Problem(
                source,
                "reservations",
                "there are no persistent reservations for the firmware's variables",
                fix=drop(source, "reservations"),
            )
