"""What the firmware tells the guest of its hardware and its owner (SMBIOS, fw_cfg)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .....schema.domain import OsSmbios
from ....fixes import put
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os
    from .....schema.sysinfo import SysInfo
    from ....guest import Guest


@rule(
    "VX569",
    "smbios-sysinfo-missing",
    "domain/os",
    words="Domain 'guest' sysinfo are not available",
    phase="start",
    drivers=("qemu",),
    when="smbios",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
    good="""
<sysinfo type='smbios'>
  <system>
    <entry name='serial'>42</entry>
  </system>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
)
def smbios_sysinfo_missing(os: Os, guest: Guest) -> Iterator[Problem]:
    """SMBIOS is to be taken from `<sysinfo>`, and there is none.

    libvirt defines the guest, and refuses to start it.
    """
    smbios = os.smbios
    if smbios is None or smbios.mode != "sysinfo":
        return
    if not any(info.type in (None, "smbios") for info in guest.model.sysinfos):
        yield Problem(smbios, "mode", "there is no <sysinfo type='smbios'> that SMBIOS could be taken from")


def _use(guest: Guest) -> Fix:
    """Return the fix that makes SMBIOS of what `<sysinfo>` says."""

    def change() -> None:
        if guest.os is not None:
            guest.os.smbios = OsSmbios(mode="sysinfo")

    return Fix("add <smbios mode='sysinfo'/> to <os>", change, safe=False)


@rule(
    "VX577",
    "smbios-sysinfo-ignored",
    "domain/sysinfo",
    severity="warning",
    phase="",
    drivers=("qemu",),
    bad="""
<sysinfo type='smbios'>
  <system>
    <entry name='serial'>42</entry>
  </system>
</sysinfo>
""",
    good="""
<sysinfo type='smbios'>
  <system>
    <entry name='serial'>42</entry>
  </system>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
)
def smbios_sysinfo_ignored(info: SysInfo, guest: Guest) -> Iterator[Problem]:
    """What `<sysinfo>` says does not reach the guest.

    The firmware only tells it if `<os>` has `<smbios mode='sysinfo'/>`.
    """
    if info.type in (None, "smbios") and guest.os is not None and guest.os.smbios is None:
        yield Problem(info, "", "the guest does not see this without <smbios mode='sysinfo'/> in <os>", fix=_use(guest))


_DATE = re.compile(r"\s*[+-]?\d+/\s*[+-]?\d+/\s*[+-]?\d+")


def _is_date(text: str) -> bool:
    """Tell whether libvirt takes a text for the date of a BIOS: mm/dd/yyyy or mm/dd/yy."""
    if not _DATE.fullmatch(text):
        return False
    month, day, year = (int(part) for part in text.split("/"))
    return 1 <= month <= 12 and 1 <= day <= 31 and (0 <= year < 100 or year >= 1900)


@rule(
    "VX570",
    "smbios-date",
    "domain/sysinfo",
    words="Invalid BIOS 'date' format",
    early=True,
    when="bios",
    bad="""
<sysinfo type='smbios'>
  <bios>
    <entry name='date'>13/01/2024</entry>
  </bios>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
    good="""
<sysinfo type='smbios'>
  <bios>
    <entry name='date'>01/13/2024</entry>
  </bios>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
)
def smbios_date(info: SysInfo, _: Guest) -> Iterator[Problem]:
    """The date of the BIOS is none, or is not written as month/day/year.

    It is mm/dd/yyyy from 1900 on, or mm/dd/yy.
    """
    if info.bios is None:
        return
    # Of several, libvirt takes the first.
    entry = next((one for one in info.bios.entries if one.name == "date"), None)
    if entry is not None and entry.value and not _is_date(entry.value):
        yield Problem(entry, "value", "{date} is no date as month/day/year", help="write 01/31/2024", date=entry.value)


def _plain(uuid: str) -> str:
    return uuid.strip().replace("-", "").lower()


@rule(
    "VX571",
    "smbios-uuid",
    "domain/sysinfo",
    words="UUID mismatch between <uuid> and <sysinfo>",
    bad="""
<uuid>96ce4b02-4f2c-4b4f-8ac8-0dd3a3b23e1c</uuid>
<sysinfo type='smbios'>
  <system>
    <entry name='uuid'>00000000-4f2c-4b4f-8ac8-0dd3a3b23e1c</entry>
  </system>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
    good="""
<uuid>96ce4b02-4f2c-4b4f-8ac8-0dd3a3b23e1c</uuid>
<sysinfo type='smbios'>
  <system>
    <entry name='uuid'>96ce4b02-4f2c-4b4f-8ac8-0dd3a3b23e1c</entry>
  </system>
</sysinfo>
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <smbios mode='sysinfo'/>
</os>
""",
)
def smbios_uuid(info: SysInfo, guest: Guest) -> Iterator[Problem]:
    """The guest has one UUID for libvirt and another one in SMBIOS.

    libvirt wants them to be one. The entry can as well be left out: libvirt adds it.
    """
    uuid = guest.model.uuid
    if info.system is None or not uuid:
        return
    for entry in info.system.entries:
        if entry.name == "uuid" and entry.value and _plain(entry.value) != _plain(uuid):
            yield Problem(
                entry,
                "value",
                "the guest's UUID is {uuid}, not {other_uuid}",
                fix=put(entry, "value", uuid, safe=False),
                uuid=uuid,
                other_uuid=entry.value,
            )


_RESERVED = ("opt/ovmf/", "opt/org.qemu/")
"""What the names of entries of fw_cfg begin with that are for the firmware and for QEMU."""


@rule(
    "VX578",
    "fwcfg-name",
    "domain/sysinfo",
    words="That firmware name is reserved",
    drivers=("qemu",),
    early=True,
    when="entries",
    bad="""
<sysinfo type='fwcfg'>
  <entry name='etc/settings'>1</entry>
</sysinfo>
""",
    good="""
<sysinfo type='fwcfg'>
  <entry name='opt/com.example/settings'>1</entry>
</sysinfo>
""",
)
def fwcfg_name(info: SysInfo, _: Guest) -> Iterator[Problem]:
    """An entry of fw_cfg has a name that is not for users, or no value.

    Names of one's own begin with `opt/` and a domain name turned round: `opt/com.example/settings`. Those that begin
    with `opt/ovmf/` and `opt/org.qemu/` are for the firmware and for QEMU. An entry has a value, or a file with it.
    """
    for entry in info.entries:
        name = entry.name or ""
        if not name.startswith("opt/"):
            yield Problem(entry, "name", "the names of entries begin with opt/, not as {name}", name=name)
        elif name.startswith(_RESERVED):
            yield Problem(entry, "name", "the name {name} is reserved", name=name)
        elif entry.file is None and not (entry.value or "").strip():
            yield Problem(entry, "value", "the entry {name} has no value, and no file with one", name=name)
