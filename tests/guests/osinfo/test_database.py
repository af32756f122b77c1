"""osinfo-db is read as libosinfo reads it: what systems inherit, and who has the last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from virtxml.guests.osinfo import OsFacts, Resources
from virtxml.guests.osinfo.database import Database
from virtxml.guests.osinfo.describing import describe
from virtxml.guests.osinfo.directories import Directories

SAMPLES = ROOT / "tests" / "fixtures" / "osinfo"


@pytest.fixture
def database() -> Database:
    return Database([str(SAMPLES)])


def _system(database: Database, name: str) -> OsFacts:
    found = database.find(name)
    assert found is not None
    return describe(database, found)


def test_a_system_is_described_by_its_file(database: Database) -> None:
    assert _system(database, "sample1") == OsFacts(
        short_id="sample1",
        names=("sample1",),
        id="http://example.org/sample/1",
        family="linux",
        distro="sample",
        version="1",
        netmodels=("e1000", "rtl8139"),
        minimum={"all": Resources(1000, 1, 3000)},
        recommended={"all": Resources(5000)},
        supports_virtiodisk=True,
        supports_virtionet=True,
    )


def test_the_first_short_id_is_the_one_and_all_are_names(database: Database) -> None:
    for name in ("sample2", "samplesecond", "a-sample", "http://example.org/sample/2"):
        found = _system(database, name)
        assert found.short_id == "sample2"
        assert found.names == ("a-sample", "sample2", "samplesecond")


def test_devices_come_from_what_a_system_derives_from_unless_it_says_no(database: Database) -> None:
    found = _system(database, "sample2")
    assert found.supports_virtionet
    assert not found.supports_virtiodisk
    assert found.supports_usb3
    assert not found.supports_virtiogpu, "a comment is no device"


def test_devices_come_from_what_a_system_is_a_clone_of(database: Database) -> None:
    found = _system(database, "odd-name")
    assert found.supports_virtio1
    assert found.supports_usb3
    assert found.netmodels == ("rtl8139",)


def test_an_upgrade_inherits_nothing_and_a_circle_ends(database: Database) -> None:
    found = _system(database, "sample3")
    assert not found.supports_virtionet


def test_files_beside_a_system_add_to_it(database: Database) -> None:
    found = _system(database, "extra3")
    assert found.short_id == "sample3"
    assert found.supports_virtioinput


def test_q35_needs_virtio_1_if_there_is_virtio(database: Database) -> None:
    assert not _system(database, "sample1").supports_chipset_q35
    assert _system(database, "sample2").supports_chipset_q35


def test_uefi_is_required_where_there_is_no_bios(database: Database) -> None:
    assert _system(database, "sample2").efi_archs == {"x86_64"}
    assert _system(database, "odd-name").efi_required("x86_64")
    assert not _system(database, "odd-name").efi_required("aarch64")
    assert not _system(database, "sample1").efi_required("x86_64")


def test_resources_are_inherited_only_where_that_is_said(database: Database) -> None:
    second = _system(database, "sample2")
    assert second.minimum == {"all": Resources(1000, 1, 3000), "x86_64": Resources(2000)}
    assert second.minimum_resources("x86_64") == Resources(2000, 1, 3000)
    assert second.default_resources("x86_64") == Resources(5000, 2, 6000)
    assert _system(database, "odd-name").default_resources("x86_64") == Resources()


def test_what_an_installer_needs_that_loads_everything_from_a_network_is_told_apart(database: Database) -> None:
    second = _system(database, "sample2")
    assert second.network_install_resources("s390x") == Resources(7000)
    assert second.network_install_resources("x86_64") == Resources(9000)
    assert _system(database, "sample1").network_install_resources("x86_64") == Resources()


def test_windows_is_told_by_its_family_and_takes_local_time(database: Database) -> None:
    found = _system(database, "sample3")
    assert (found.is_windows, found.clock) == (True, "localtime")
    assert (_system(database, "sample2").is_windows, _system(database, "sample2").clock) == (False, "utc")


@pytest.mark.parametrize(
    "name",
    ["nothing", "", "misplaced2", "http://example.org/sample/9", "://x", "http://../../etc/1", "é\ud800"],
)
def test_what_is_not_there_is_not_found(database: Database, name: str) -> None:
    assert database.find(name) is None


def test_files_that_are_not_xml_are_passed_over(database: Database) -> None:
    assert database.find("http://other.org/broken/1") is None
    assert "http://other.org/copy/rolling" in database.ids()


def test_a_system_is_only_in_the_file_that_its_id_names(database: Database) -> None:
    assert database.system("http://debian.org/debian/12") == []


def test_later_directories_have_the_last_word(tmp_path: Path) -> None:
    file = tmp_path / "os" / "example.org" / "sample-1.xml"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<libosinfo><os id="http://example.org/sample/1"><short-id>mine</short-id><distro>other</distro></os></libosinfo>'
    )
    found = _system(Database([str(SAMPLES), str(tmp_path)]), "mine")
    assert (found.short_id, found.distro, found.version) == ("sample1", "other", "1")


def test_the_directories_are_those_of_the_environment(tmp_path: Path) -> None:
    for name in ("system", "local", "user/osinfo"):
        (tmp_path / name / "os").mkdir(parents=True)
    environment = {
        "OSINFO_SYSTEM_DIR": str(tmp_path / "system"),
        "OSINFO_LOCAL_DIR": str(tmp_path / "local"),
        "XDG_CONFIG_HOME": str(tmp_path / "user"),
    }
    found = Directories.of_environment(environment)
    assert found == Directories([f"{tmp_path}/system"], [f"{tmp_path}/local", f"{tmp_path}/user/osinfo"], True)
    assert found.release == ""
    (tmp_path / "system" / "VERSION").write_text("20250101\n")
    assert found.release == "20250101"
    nowhere = {name: str(tmp_path / "nowhere") for name in environment}
    assert Directories.of_environment(nowhere).all == []


def test_no_directories_hold_nothing() -> None:
    empty = Database([])
    assert (empty.find("sample1"), empty.ids(), list(empty.names())) == (None, [], [])
    assert Directories([], [], True).release == ""
