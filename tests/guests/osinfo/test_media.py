"""The labels of an installation medium tell its system, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from virtxml.guests.osinfo import detect_os
from virtxml.guests.osinfo.finding import forget_machine


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Use an osinfo-db of our own."""
    for name in ("SYSTEM", "LOCAL", "USER"):
        monkeypatch.setenv(f"OSINFO_{name}_DIR", str(tmp_path / "osinfo" / name))
    directory = tmp_path / "osinfo" / "SYSTEM" / "os" / "example.org"
    directory.mkdir(parents=True)
    forget_machine()
    yield directory
    forget_machine()


def _image(path: Path, volume: str, publisher: str = "", blocks: int = 100) -> Path:
    """Write the start of an image: 16 empty blocks, and the descriptor."""
    descriptor = bytearray(b" " * 2048)
    descriptor[0:7] = b"\x01CD001\x01"
    descriptor[40:72] = volume.encode().ljust(32)
    descriptor[80:84] = blocks.to_bytes(4, "little")
    descriptor[128:130] = (2048).to_bytes(2, "little")
    descriptor[318:446] = publisher.encode().ljust(128)
    path.write_bytes(bytes(16 * 2048) + descriptor)
    return path


def _system(directory: Path, name: str, labels: str) -> None:
    system = f"<os id='http://example.org/{name}/1'><short-id>{name}</short-id><media><iso>{labels}</iso></media></os>"
    (directory / f"{name}-1.xml").write_text(f"<libosinfo>{system}</libosinfo>")


@pytest.mark.parametrize(
    ("volume", "short_id"),
    [
        ("Debian 12.5.0 amd64 n", "debian12"),
        ("d-live 11.9.0 gn amd64", "debian11"),
        ("Fedora-WS-Live-40-1-14", "fedora40"),
        ("Fedora-S-dvd-x86_64-39", "fedora39"),
        ("Fedora-S-dvd-x86_64-98", "fedora-unknown"),
        ("Ubuntu-Server 24.04 LTS amd64", "ubuntu24.04"),
        ("CentOS-Stream-9-BaseOS-x86_64", "centos-stream9"),
        ("CentOS_6.5_Final", "centos6.5"),
        ("CentOS 7 x86_64", "centos7.0"),
        ("RHEL-9-4-0-BaseOS-x86_64", "rhel9.4"),
        ("RHEL-7.9 Server.x86_64", "rhel7.9"),
        ("AlmaLinux-9-4-x86_64-dvd", "almalinux9"),
        ("Rocky-9-4-x86_64-dvd", "rocky9"),
        ("openSUSE-Leap-15.6-DVD-x86_64", "opensuse15.6"),
        ("ARCH_202401", "archlinux"),
        ("alpine-std 3.19.0 x86_64", "alpinelinux3.19"),
        ("14_1_RELEASE_AMD64_CD", "freebsd14.1"),
        ("nixos-minimal-24.05-x86_64", "nixos-24.05"),
    ],
)
def test_common_systems_are_known_by_their_volumes(tmp_path: Path, volume: str, short_id: str) -> None:
    found = detect_os(_image(tmp_path / "cd.iso", volume))
    assert found is not None
    assert found.short_id == short_id


@pytest.mark.parametrize("volume", ["", "MY BACKUP", "Ubuntu 99.04 LTS amd64", "not Debian 12.5.0"])
def test_other_volumes_tell_nothing(tmp_path: Path, volume: str) -> None:
    assert detect_os(_image(tmp_path / "cd.iso", volume)) is None


@pytest.mark.parametrize("content", [b"", b"QFI\xfb", bytes(40000)], ids=["empty", "qcow2", "zeroes"])
def test_a_file_that_is_no_image_of_a_cd_tells_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "disk.img"
    path.write_bytes(content)
    assert detect_os(path) is None


def test_an_image_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.i"):
        detect_os(tmp_path / "nothing.iso")


def test_osinfo_db_knows_other_media_by_all_their_labels(machine: Path, tmp_path: Path) -> None:
    _system(machine, "special", "<volume-id>^SPECIAL_</volume-id><publisher-id>ACME</publisher-id>")
    _system(machine, "general", "<volume-id>^SPECIAL_</volume-id>")
    for publisher, short_id in (("ACME INC", "special"), ("SOMEBODY", "general")):
        found = detect_os(_image(tmp_path / "cd.iso", "SPECIAL_1", publisher))
        assert found is not None
        assert found.short_id == short_id


def test_osinfo_db_tells_media_apart_by_their_size(machine: Path, tmp_path: Path) -> None:
    _system(machine, "one", f"<volume-id>SAME</volume-id><volume-size>{100 * 2048}</volume-size>")
    _system(machine, "two", f"<volume-id>SAME</volume-id><volume-size>{200 * 2048}</volume-size>")
    found = detect_os(_image(tmp_path / "cd.iso", "SAME", blocks=200))
    assert found is not None
    assert found.short_id == "two"


def test_labels_that_fit_several_systems_tell_nothing(machine: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        _system(machine, name, "<volume-id>SAME</volume-id>")
    assert detect_os(_image(tmp_path / "cd.iso", "SAME")) is None


def test_a_pattern_that_is_none_fits_nothing(machine: Path, tmp_path: Path) -> None:
    _system(machine, "one", "<volume-id>(</volume-id>")
    assert detect_os(_image(tmp_path / "cd.iso", "(")) is None
