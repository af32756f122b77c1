"""Whether a host has the firmware that a guest boots with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule
from .offers import offer, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os, OsLoader
    from ....guest import Guest


@rule(
    "VX889",
    "firmware-not-on-host",
    "domain/os",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="operation failed: Unable to find 'bios' firmware that is compatible with the current configuration",
    when="firmware",
    bad="""
<os firmware='bios'>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_not_on_host(os: Os, guest: Guest) -> Iterator[Problem]:
    """The host has no firmware of the kind, or none with Secure Boot.

    libvirt looks for it in what packages with firmware describe in `/usr/share/qemu/firmware`: OVMF on PCs. Newer
    releases do so already as the guest is defined.
    """
    if os.firmware is None:
        return
    caps = offer(guest)
    known = values(caps, "os", "firmware")
    if known is not None and os.firmware not in known:
        says = "the host has no firmware of the kind {kind} for such a guest"
        yield Problem(os, "firmware", says, kind=os.firmware)
        return
    secure = values(caps, "os.loader", "secure")
    if secure is not None and "yes" not in secure:
        features = os.firmware_element.features if os.firmware_element is not None else []
        for feature in features:
            if feature.name == "secure-boot" and feature.enabled:
                yield Problem(feature, "enabled", "the host has no firmware with Secure Boot for such a guest")
                return
        if os.loader is not None and os.loader.secure:
            yield Problem(os.loader, "secure", "the host has no firmware with Secure Boot for such a guest")


@rule(
    "VX890",
    "loader-not-on-host",
    "domain/os/loader",
    severity="info",
    phase="",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="Unable to open '/usr/share/OVMF/OVMF_CODE.old.fd': No such file or directory",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.old.fd</loader>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
<features>
  <acpi/>
</features>
""",
)
def loader_not_on_host(loader: OsLoader, guest: Guest) -> Iterator[Problem]:
    """The file with the firmware is not among those that the host tells of.

    It may be there all the same. With `firmware='efi'` libvirt finds the file, whatever it is called on a host.
    """
    caps = offer(guest)
    if caps is None or caps.os is None or caps.os.loader is None or not caps.os.loader.supported:
        return
    path = (loader.value or "").strip()
    if path and caps.os.loader.values and path not in caps.os.loader.values:
        yield Problem(loader, "value", "the host does not tell of {path}", help="use firmware='efi'", path=path)
