"""Systems are found by any name of theirs, from the newest facts there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen.osinfo import TARGET, main, render
from tests.support import ROOT, requires_shared, shared_dir
from virtxml.guests.errors import GuestError
from virtxml.guests.osinfo import GENERIC, OsFacts, Resources, find_os, list_oses
from virtxml.guests.osinfo.database import Database
from virtxml.guests.osinfo.describing import describe
from virtxml.guests.osinfo.directories import Directories
from virtxml.guests.osinfo.finding import forget_machine
from virtxml.guests.osinfo.table import find_in_table, names_in_table

SAMPLES = ROOT / "tests" / "fixtures" / "osinfo"
ARCHITECTURES = ("x86_64", "i686", "aarch64", "ppc64le", "s390x", "riscv64", "loongarch64")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Hide the osinfo-db of the machine."""
    for name in ("SYSTEM", "LOCAL", "USER"):
        monkeypatch.setenv(f"OSINFO_{name}_DIR", str(tmp_path / "nowhere"))
    forget_machine()
    yield
    forget_machine()


def _use(monkeypatch: pytest.MonkeyPatch, kind: str, path: Path) -> None:
    monkeypatch.setenv(f"OSINFO_{kind}_DIR", str(path))
    forget_machine()


def _facts(facts: OsFacts) -> dict[str, Any]:
    """Return facts in the form of the file that the table is made of."""
    found: dict[str, Any] = {name: getattr(facts, name) for name in dir(facts) if name.startswith("supports_")}
    for name in ("id", "family", "distro", "version", "clock", "is_windows", "is_generic", "linux_generic"):
        found[name] = getattr(facts, name)
    for name, level in (("min", facts.minimum), ("rec", facts.recommended)):
        found[name] = {
            arch: {
                key: -1 if amount is None else amount
                for key, amount in (("ram", each.ram), ("n-cpus", each.cpus), ("storage", each.storage))
            }
            for arch, each in level.items()
        }
    defaults = {arch: facts.default_resources(arch) for arch in ARCHITECTURES}
    found["default"] = {
        arch: {"ram": each.ram, "ncpus": each.cpus, "storage": each.storage} for arch, each in defaults.items()
    }
    found["efi_required"] = {arch: facts.efi_required(arch) for arch in ("x86_64", "i686", "aarch64")}
    return {**found, "names": list(facts.names), "netmodels": list(facts.netmodels)}


def test_a_system_of_the_table_is_found_by_all_its_names() -> None:
    debian = find_os("debian12")
    assert debian.names == ("debian12", "debianbookworm")
    assert (debian.id, debian.family, debian.clock) == ("http://debian.org/debian/12", "linux", "utc")
    assert debian.default_resources("x86_64") == Resources(2 << 30, 2, 20 << 30)
    for name in ("debianbookworm", "http://debian.org/debian/12", " debian12 "):
        assert find_os(name) == debian


def test_windows_11_needs_uefi_and_says_what_it_needs() -> None:
    windows = find_os("win11")
    assert windows.is_windows
    assert windows.efi_required("x86_64")
    assert windows.clock == "localtime"
    assert windows.netmodels == ("e1000",)
    assert windows.default_resources("x86_64") == Resources(8 << 30, 4, 128 << 30)


def test_installers_that_load_everything_from_a_network_need_more() -> None:
    assert find_os("silverblue29").network_install_resources("x86_64").ram == 5 << 30
    assert find_os("rhel9.4").network_install_resources("x86_64").ram == 3 << 30
    assert find_os("rhel9.4").network_install_resources("aarch64").ram is None
    assert find_os("fedora40").network_install == {}


def test_guesses_are_systems_too() -> None:
    assert find_os("generic") is GENERIC
    assert find_os("linux2022").linux_generic
    assert find_os("fedora-unknown").distro == "fedora"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("debain12", '"debian12"'),
        ("Fedora40", '"fedora40"'),
        ("ubuntu22", '"ubuntu22.04"'),
        ("fedora", '"fedora42", "fedora41"'),
        ("fedora99", '"fedora42"'),
        ("winxp64", '"winxp"'),
        ("generc", '"generic"'),
    ],
)
def test_a_name_that_is_none_gets_the_nearest_ones(name: str, suggestion: str) -> None:
    with pytest.raises(GuestError) as caught:
        find_os(name)
    assert suggestion in str(caught.value)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["", "x" * 300, "foo://bar", "\n", "é", "|", "D|", ","])
def test_a_name_of_nothing_is_one_clear_error(name: str) -> None:
    with pytest.raises(GuestError) as caught:
        find_os(name)
    assert "there is no operating system" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_chosen_database_counts_before_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, "SYSTEM", SAMPLES)
    assert find_os("sample2").version == "2"
    assert find_os("debian12").family == "linux", "the table knows what the database does not"


def test_what_the_user_adds_counts_before_the_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "os" / "debian.org" / "debian-12.xml"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<libosinfo><os id="http://debian.org/debian/12"><short-id>debian12</short-id><distro>mine</distro></os></libosinfo>'
    )
    _use(monkeypatch, "USER", tmp_path)
    assert find_os("debian12").distro == "mine"
    assert ("debian12",) in list_oses()
    assert ("debian11", "debianbullseye") in list_oses()


def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str) -> None:
    """Install a database that has another idea of Debian 12, and a system of its own."""
    for name, short_id in (("debian.org/debian-12", "debian12"), ("example.org/new-1", "new1")):
        file = tmp_path / "os" / f"{name}.xml"
        file.parent.mkdir(parents=True)
        id_ = f"http://{name.replace('-', '/')}"
        file.write_text(
            f'<libosinfo><os id="{id_}"><short-id>{short_id}</short-id><distro>db</distro></os></libosinfo>'
        )
    (tmp_path / "VERSION").write_text(f"{release}\n")
    monkeypatch.delenv("OSINFO_SYSTEM_DIR")
    monkeypatch.setattr("virtxml.guests.osinfo.directories.SYSTEM_DIRECTORIES", (str(tmp_path),))
    forget_machine()


@pytest.mark.parametrize(("release", "distro"), [("20200101", "debian"), ("99990101", "db")])
def test_of_an_installed_database_and_the_table_the_newer_one_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: str, distro: str
) -> None:
    _installed(tmp_path, monkeypatch, release)
    assert find_os("debian12").distro == distro
    assert find_os("new1").distro == "db", "only the database has it"
    assert ("new1",) in list_oses()


def test_all_names_are_listed_newest_first() -> None:
    names = [names[0] for names in list_oses()]
    assert names.index("fedora42") < names.index("fedora41") < names.index("fedora9") < names.index("fedora-unknown")
    assert names.index("debian3") < names.index("debian3.1") < names.index("debian2.2")
    assert ("generic",) in list_oses()
    assert len(names) == len(set(names)) == sum(1 for _ in names_in_table())


@requires_shared
def test_the_table_says_what_the_facts_say_under_every_name() -> None:
    facts = json.loads(((shared_dir() or Path()) / "virt-install" / "osfacts.json").read_text())
    for short_id, system in facts.items():
        for name in {short_id, *system["names"], system["id"] or short_id}:
            found = find_in_table(name)
            assert found is not None
            assert (found.short_id, _facts(found)) == (short_id, system)
    assert [names[0] for names in names_in_table()] == list(facts)


@requires_shared
def test_the_list_is_in_the_order_of_the_facts() -> None:
    facts = json.loads(((shared_dir() or Path()) / "virt-install" / "osfacts.json").read_text())
    assert [set(names) for names in list_oses()] == [set(system["names"]) for system in facts.values()]


@requires_shared
def test_the_table_is_what_the_generator_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    path = (shared_dir() or Path()) / "virt-install" / "osfacts.json"
    monkeypatch.setattr("sys.argv", ["codegen.osinfo", "--facts", str(path), "--check"])
    assert main() == 0
    assert render(path.read_bytes()) == TARGET.read_text()


def test_the_database_of_the_machine_agrees_with_the_table_but_for_what_has_changed_since() -> None:
    directories = Directories.of_environment({})
    if not directories.system:
        pytest.skip("needs osinfo-db")
    database = Database(directories.system)
    known = [(describe(database, id_), find_in_table(id_)) for id_ in database.ids()]
    both = [(one, other) for one, other in known if other is not None]
    different = [one.short_id for one, other in both if one != other]
    # Between two releases of osinfo-db that are years apart, two in a hundred systems change.
    assert len(both) > 700
    assert len(different) < len(both) * 0.04, different
