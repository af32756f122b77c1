"""What guests boot: where libvirt draws the lines, by its release and the machine."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.lint import Host, Linter

ACPI = "<features><acpi/></features>"
Q35 = "<type arch='x86_64' machine='q35'>hvm</type>"
DISK = "<disk type='file'><source file='/a.img'/><target dev='vda'/>{}</disk>"


def found(
    os: str = "", beside: str = "", devices: str = "", *, type_: str = "", firmware: str = "", libvirt: str = "12.8.0"
) -> list[str]:
    """Return the names of the rules about booting that find something in a guest, a PC with q35 if nothing is said."""
    chosen = f" firmware='{firmware}'" if firmware else ""
    text = (
        f"<domain type='kvm'><name>guest</name><memory>1048576</memory><os{chosen}>"
        f"{type_ or Q35}{os}</os>{beside}<devices>{devices}</devices></domain>"
    )
    linter = Linter(Host(libvirt=libvirt))
    return [rule.name for rule, _ in linter.problems(virtxml.parse(text)) if "VX551" <= rule.code < "VX591"]


def machine(arch: str, name: str) -> str:
    """Return the type of a guest."""
    return f"<type arch='{arch}' machine='{name}'>hvm</type>"


def test_an_order_is_said_in_one_way() -> None:
    assert found("<boot dev='hd'/>", devices=DISK.format("")) == []
    assert found(devices=DISK.format("<boot order='1'/>")) == []
    assert found("<boot dev='hd'/>", devices=DISK.format("<boot order='1'/>")) == ["boot-dev-and-order"]
    assert found("<boot dev='hd'/>", devices=DISK.format("<boot loadparm='2'/>")) == []


@pytest.mark.parametrize(
    ("firmware", "os", "names"),
    [
        ("", "<loader readonly='yes' type='pflash'>/code.fd</loader><nvram template='/vars.fd'/>", []),
        ("", "<loader type='rom'>/bios.bin</loader>", []),
        ("", "<nvram>/vars.fd</nvram>", ["firmware-loader-path"]),
        ("efi", "<nvram>/vars.fd</nvram>", []),
        ("efi", "<loader stateless='yes'/>", []),
        ("efi", "<loader stateless='yes'/><nvram template='/vars.fd'/>", ["firmware-nvram-contradiction"]),
        ("bios", "<nvram>/vars.fd</nvram>", ["firmware-nvram-contradiction"]),
        ("bios", "<nvram template='/vars.fd'/>", []),
        ("bios", "<loader stateless='yes'/>", []),
        ("bios", "<loader stateless='no'/>", ["firmware-nvram-contradiction"]),
        ("", "<loader stateless='no' type='pflash'>/code.fd</loader>", []),
        ("", "<loader stateless='no'>/bios.bin</loader>", ["firmware-nvram-contradiction"]),
        ("efi", "<nvram type='block'><source dev='/dev/vars'/></nvram>", []),
        ("efi", "<nvram type='dir'><source dir='/vars'/></nvram>", ["firmware-nvram-source"]),
    ],
)
def test_uefi_keeps_variables(firmware: str, os: str, names: list[str]) -> None:
    assert found(os, ACPI, firmware=firmware) == names


def test_what_libvirt_chooses_it_chose_alone_once() -> None:
    loader = "<loader readonly='yes' type='pflash'/>"
    assert found(loader, ACPI, firmware="efi") == []
    assert found(loader, ACPI, firmware="efi", libvirt="9.0.0") == ["firmware-auto-attributes"] * 2
    assert found("<loader secure='yes'/>", ACPI, firmware="efi", libvirt="9.0.0") == []


@pytest.mark.parametrize(
    ("type_", "firmware", "os", "features", "names"),
    [
        (machine("x86_64", "q35"), "efi", "", "<acpi/>", []),
        (machine("x86_64", "q35"), "efi", "", "<pae/>", ["uefi-requires-acpi"]),
        (machine("x86_64", "q35"), "", "", "<pae/>", []),
        (machine("aarch64", "virt"), "efi", "", "<gic/>", []),
        (machine("aarch64", "virt"), "efi", "", "<acpi/>", []),
        (machine("aarch64", "virt"), "", "", "<acpi/>", ["acpi-requires-uefi"]),
        (machine("aarch64", "virt"), "", "<loader type='pflash'>/a</loader>", "<acpi/>", []),
        (machine("riscv64", "virt"), "", "", "<acpi/>", []),
        (machine("ppc64", "pseries"), "", "", "<acpi/>", []),
        (machine("s390x", "s390-ccw-virtio"), "", "", "<acpi/>", ["acpi-not-for-machine"]),
        (machine("aarch64", "raspi3b"), "", "", "<acpi/>", ["acpi-not-for-machine"]),
        ("<type>hvm</type>", "efi", "", "<pae/>", []),
    ],
)
def test_acpi_and_uefi_need_each_other(type_: str, firmware: str, os: str, features: str, names: list[str]) -> None:
    assert found(os, f"<features>{features}</features>", type_=type_, firmware=firmware) == names


@pytest.mark.parametrize(
    ("type_", "firmware", "features", "names"),
    [
        (machine("x86_64", "q35"), "", "<acpi/><smm state='on'/>", []),
        (machine("x86_64", "q35"), "", "<acpi/><smm state='off'/>", ["secure-loader"]),
        (machine("x86_64", "q35"), "", "<acpi/>", ["secure-loader"]),
        (machine("x86_64", "q35"), "efi", "<acpi/>", []),
        (machine("x86_64", "pc"), "efi", "<acpi/>", ["secure-loader"]),
        (machine("i686", "q35"), "efi", "<acpi/>", ["secure-loader"]),
    ],
)
def test_secure_boot_takes_q35_and_smm(type_: str, firmware: str, features: str, names: list[str]) -> None:
    loader = "<loader secure='yes'/>" if firmware else "<loader secure='yes' type='pflash'>/a</loader>"
    assert found(loader, f"<features>{features}</features>", type_=type_, firmware=firmware) == names


@pytest.mark.parametrize("date", ["01/31/2024", "1/2/20", "12/31/99", " 1/ 2/2020"])
def test_dates_begin_with_the_month(date: str) -> None:
    assert _dated(date) == []


@pytest.mark.parametrize("date", ["31/01/2024", "2024-01-31", "01/32/2024", "01/01/1899", "01/01/2024x", "0/1/2024"])
def test_other_dates_are_none(date: str) -> None:
    assert _dated(date) == ["smbios-date"]


def _dated(date: str) -> list[str]:
    info = f"<sysinfo type='smbios'><bios><entry name='date'>{date}</entry></bios></sysinfo>"
    return found("<smbios mode='sysinfo'/>", info)


def test_one_uuid_may_be_written_in_two_ways() -> None:
    uuid = "96ce4b02-4f2c-4b4f-8ac8-0dd3a3b23e1c"
    info = "<sysinfo type='smbios'><system><entry name='uuid'>{}</entry></system></sysinfo>"
    own = f"<uuid>{uuid}</uuid>"
    mode = "<smbios mode='sysinfo'/>"
    assert found(mode, own + info.format(uuid.upper().replace("-", ""))) == []
    assert found(mode, own + info.format(uuid.replace("9", "8"))) == ["smbios-uuid"]
    assert found(mode, info.format(uuid)) == []


@pytest.mark.parametrize(
    ("devices", "names"),
    [
        ("", ["boot-bios-serial"]),
        ("<serial type='pty'/>", []),
        ("<console type='pty'/>", []),
        ("<console type='pty'><target type='virtio'/></console>", ["boot-bios-serial"]),
    ],
)
def test_a_console_may_stand_for_a_serial_port(devices: str, names: list[str]) -> None:
    assert found("<bios useserial='yes'/>", devices=devices) == names


def test_an_empty_command_line_is_none() -> None:
    assert found("<cmdline></cmdline>") == []
    assert found("<initrd>/i</initrd><cmdline>quiet</cmdline>") == ["boot-kernel-missing"] * 2


def test_secure_boot_that_libvirt_chooses_goes_with_management_mode() -> None:
    loader, off = "<loader secure='yes'/>", "<features><acpi/><smm state='off'/></features>"
    assert found(loader, off, firmware="efi") == ["secure-loader"]
    assert found(loader, off, firmware="efi", libvirt="9.0.0") == []
    assert found(loader, off.replace("off", "on"), firmware="efi") == []
    assert found(loader, ACPI, firmware="efi") == []


@pytest.mark.parametrize(
    ("entry", "names"),
    [("/>", ["fwcfg-name"]), ("> </entry>", ["fwcfg-name"]), (" file='/a'/>", []), (">1</entry>", [])],
)
def test_an_entry_of_fw_cfg_has_a_value(entry: str, names: list[str]) -> None:
    assert found(beside=f"<sysinfo type='fwcfg'><entry name='opt/com.example/a'{entry}</sysinfo>") == names
