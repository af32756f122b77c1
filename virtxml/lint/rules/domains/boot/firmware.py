"""How firmware is chosen: by libvirt (`<os firmware=...>`), or by the path of a loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os
    from ....guest import Guest


@rule(
    "VX560",
    "firmware-loader-path",
    "domain/os",
    words="no loader path specified and firmware auto selection disabled",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' type='pflash'/>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_loader_path(os: Os, _: Guest) -> Iterator[Problem]:
    """A loader or its variables are described, and nothing says which firmware it is.

    Either libvirt chooses the firmware (`<os firmware='efi'>`), or `<loader>` has the path of one.
    """
    if os.firmware is None and (os.loader is not None or os.nvram is not None):
        if os.loader is not None and os.loader.value:
            return
        yield Problem(
            os,
            "nvram" if os.loader is None else "loader",
            "nothing says which firmware it is",
            help="let libvirt choose it with firmware='efi' on <os>, or give <loader> a path",
            fix=put(os, "firmware", "efi", safe=False) if _may_be_efi(os) else None,
        )


def _may_be_efi(os: Os) -> bool:
    """Tell whether what is said of a loader and its variables fits firmware that libvirt chooses."""
    return os.loader is None or (os.loader.type != "rom" and not os.loader.value)


@rule(
    "VX561",
    "firmware-features-contradiction",
    "domain/os",
    words="firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled",
    since="7.2.0",
    early=True,
    when="firmware",
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <firmware>
    <feature enabled='yes' name='enrolled-keys'/>
    <feature enabled='no' name='secure-boot'/>
  </firmware>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <firmware>
    <feature enabled='yes' name='enrolled-keys'/>
    <feature enabled='yes' name='secure-boot'/>
  </firmware>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_features_contradiction(os: Os, _: Guest) -> Iterator[Problem]:
    """Firmware is to have the keys of Secure Boot, and not to have Secure Boot.

    The keys say which programs the firmware starts, and only Secure Boot looks at them.
    """
    if os.firmware is None or os.firmware_element is None:
        return
    features = {feature.name: feature for feature in os.firmware_element.features}
    keys, boot = features.get("enrolled-keys"), features.get("secure-boot")
    if keys is not None and boot is not None and keys.enabled is True and boot.enabled is False:
        yield Problem(
            keys,
            "enabled",
            "the keys of Secure Boot cannot be enrolled, as it is off",
            other=boot,
            there="it is turned off here",
        )


@rule(
    "VX562",
    "firmware-features-without-auto",
    "domain/os",
    words="cannot use feature-based firmware autoselection when firmware autoselection is disabled",
    since="7.2.0",
    when="firmware_element",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <firmware>
    <feature enabled='yes' name='secure-boot'/>
  </firmware>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <firmware>
    <feature enabled='yes' name='secure-boot'/>
  </firmware>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_features_without_auto(os: Os, _: Guest) -> Iterator[Problem]:
    """Features of the firmware are asked for, and libvirt is not asked to choose it.

    libvirt looks for a firmware with these features only if `<os firmware='efi'>` says that it is to choose one. It
    refuses to define such a guest; one that was defined before is kept.
    """
    if os.firmware is None and os.firmware_element is not None and os.firmware_element.features:
        yield Problem(
            os,
            "firmware_element",
            "libvirt does not choose the firmware here, so that it cannot look for features",
            help="let libvirt choose it with firmware='efi' on <os>",
            fix=put(os, "firmware", "efi", safe=False),
        )


@rule(
    "VX563",
    "firmware-auto-writable",
    "domain/os",
    words="Unable to find 'efi' firmware that is compatible with the current configuration",
    since="9.2.0",
    severity="warning",
    phase="",
    drivers=("qemu",),
    when="firmware",
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='no'/>
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
def firmware_auto_writable(os: Os, _: Guest) -> Iterator[Problem]:
    """UEFI that the guest can write to is asked for, which no system ships.

    libvirt looks for a firmware among those that the host's packages describe, and in those it is only read: what the
    guest writes are its variables, in a file beside it.
    """
    loader = os.loader
    if os.firmware == "efi" and loader is not None and loader.readonly is False and not loader.value:
        yield Problem(
            loader,
            "readonly",
            "libvirt finds no UEFI that guests can write to",
            fix=drop(loader, "readonly", safe=False),
        )


@rule(
    "VX579",
    "firmware-auto-attributes",
    "domain/os",
    words="loader attribute 'readonly' cannot be specified when firmware autoselection is enabled",
    since="9.0.0",
    until="9.2.0",
    drivers=("qemu",),
    when="firmware",
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes'/>
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
def firmware_auto_attributes(os: Os, _: Guest) -> Iterator[Problem]:
    """Libvirt is to choose the firmware, and is told what it has to be like.

    Before 9.2.0, libvirt takes no path, type, `readonly` or `secure='no'` of a loader that it is to choose, and no
    template of its variables.
    """
    loader, nvram = os.loader, os.nvram
    if os.firmware is None:
        return
    if loader is not None:
        says = "libvirt chooses the firmware itself, and takes no {name} for it"
        for field, name in (("readonly", "readonly"), ("type", "type"), ("value", "path")):
            if getattr(loader, field) not in (None, ""):
                yield Problem(
                    loader, field, says, fix=drop(loader, field, says=f"drop the {name}", safe=False), name=name
                )
        if loader.secure is False:
            yield Problem(loader, "secure", says, fix=drop(loader, "secure", safe=False), name="secure='no'")
    if nvram is not None and nvram.template is not None:
        says = "libvirt chooses the firmware itself, and the template of its variables"
        yield Problem(nvram, "template", says, fix=drop(nvram, "template", safe=False))


@rule(
    "VX564",
    "firmware-hard-coded",
    "domain/os",
    severity="info",
    phase="",
    drivers=("qemu",),
    group="migration",
    when="loader",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>
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
def firmware_hard_coded(os: Os, _: Guest) -> Iterator[Problem]:
    """Firmware is named by a path, which differs from system to system.

    With `<os firmware='efi'>`, libvirt finds it on each.
    """
    loader = os.loader
    if os.firmware is None and loader is not None and loader.type == "pflash" and loader.value:
        yield Problem(
            loader, "value", "systems keep UEFI in different places", help="let libvirt find it: firmware='efi' on <os>"
        )


@rule(
    "VX595",
    "firmware-auto-rom-format",
    "domain/os",
    words="Unable to find 'efi' firmware that is compatible with the current configuration",
    since="9.2.0",
    drivers=("qemu",),
    when="firmware",
    bad="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader type='rom' format='qcow2'/>
</os>
<features>
  <acpi/>
</features>
""",
    good="""
<os firmware='efi'>
  <type arch='x86_64' machine='q35'>hvm</type>
  <loader type='pflash' format='qcow2'/>
</os>
<features>
  <acpi/>
</features>
""",
)
def firmware_auto_rom_format(os: Os, _: Guest) -> Iterator[Problem]:
    """Firmware that is read into memory is asked for in a format of disk images.

    QEMU copies a ROM into the guest's memory as it is. Only flash memory is a disk image to QEMU, which may be qcow2:
    what hosts say of their firmware knows no format of ROMs, so that libvirt finds none.
    """
    loader = os.loader
    if os.firmware is None or loader is None or loader.type != "rom" or loader.format in (None, "raw"):
        return
    yield Problem(
        loader,
        "format",
        "no firmware of type rom is a {format} image",
        help="drop format, or use type='pflash'",
        format=loader.format,
    )
