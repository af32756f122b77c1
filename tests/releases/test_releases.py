"""Any release of libvirt, and any system that it comes with, stands for the schemas nearest to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml import builders
from virtxml.catalogue import DOCUMENTS, NEWEST, OLDEST, RELEASES
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.releases import choose, is_older, number, systems
from virtxml.releases.grammars import grammar_of, start_of, start_of_document
from virtxml.validation import Validator, is_valid, validate


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_with_schemas_stands_for_itself_without_a_word(release: str) -> None:
    assert choose(release) == (release, "", release)


@given(st.tuples(st.integers(0, 20), st.integers(0, 12), st.integers(0, 3)))
def test_the_newest_schemas_that_are_not_newer_are_used(parts: tuple[int, int, int]) -> None:
    asked = ".".join(map(str, parts))
    found, note, meant = choose(asked)
    assert meant == asked
    older = [release for release in RELEASES if not is_older(asked, release)]
    assert found == (older[-1] if older else OLDEST)
    assert bool(note) == (found != asked)
    assert "\n" not in note


@pytest.mark.parametrize(
    ("asked", "release"),
    [
        ("10.0.0", "9.8.0"),
        ("9.0", "9.0.0"),
        ("v9.0.0", "9.0.0"),
        ("8", "7.0.0"),
        ("1.2.3", OLDEST),
        ("99.0.0", NEWEST),
        ("9.0.0-4+deb12u1", "9.0.0"),
        ("libvirt-10.0.0-2ubuntu8", "9.8.0"),
        ("debian12", "9.0.0"),
        ("Debian 12", "9.0.0"),
        ("DEBIAN_12.5", "9.0.0"),
        ("bookworm", "9.0.0"),
        ("debian-bookworm", "9.0.0"),
        ("ubuntu-24.04", "9.8.0"),
        ("Ubuntu 24.04.1 LTS", "9.8.0"),
        ("ubuntu24", "9.8.0"),
        ("noble", "9.8.0"),
        ("rhel9.4", "9.8.0"),
        ("RHEL-8.10", "7.0.0"),
        ("rocky-9.2", "9.0.0"),
        ("rhel9.7", "10.7.0"),
        ("rhel10.1", "11.3.0"),
        ("resolute", "11.3.0"),
        ("centos7", "4.5.0"),
        ("sles15.6", "9.8.0"),
        ("SLES 15 SP5", "9.0.0"),
        ("opensuse-leap-15.5", "9.0.0"),
        ("openeuler-22.03", "4.5.0"),
        ("openEuler-24.03-LTS-SP1", "9.8.0"),
        ("fedora-38", "9.0.0"),
        ("sid", NEWEST),
    ],
)
def test_releases_and_systems_in_the_spellings_of_people(asked: str, release: str) -> None:
    assert choose(asked).release == release


def test_all_names_of_systems_lead_somewhere() -> None:
    for family, versions in systems.SYSTEMS.items():
        assert list(versions) == sorted(versions, key=number)
        for version, release in versions.items():
            found, note, _ = choose(f"{family}-{version}")
            assert note.startswith(f"{systems.TITLES[family]} {version} has libvirt {release}: ")
            assert found == choose(release).release
    for code, system in systems.CODENAMES.items():
        assert choose(code) == choose(system)
    assert set(systems.FAMILIES.values()) <= set(systems.SYSTEMS) == set(systems.TITLES)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("yesterday", '"yesterday" is no release of libvirt'),
        ("", '"" is no release'),
        ("ubnutu24.04", 'did you mean "ubuntu24.04"?'),
        ("bokworm", 'did you mean "bookworm"?'),
        ("debian99", "only with Debian 8, 9, 10"),
        ("1.2.x", "is no release"),
    ],
)
def test_what_is_no_release_says_what_would_be(asked: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        choose(asked)
    assert said in str(error.value)


def test_a_long_name_makes_no_long_message() -> None:
    with pytest.raises(ValueError, match="…") as error:
        choose("a" * 100_000)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("wrong", [None, 10, b"10.0.0", 9.0])
def test_a_release_that_is_no_text_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError, match="text"):
        choose(wrong)  # type: ignore[arg-type]


PSTORE = (
    "<domain type='kvm'><name>a</name><memory>1</memory><os><type>hvm</type></os><devices>"
    "<pstore backend='acpi-erst'><path>/a</path><size>8</size></pstore></devices></domain>"
)


def test_python_takes_what_the_command_takes() -> None:
    assert not is_valid(PSTORE, libvirt="ubuntu-24.04")
    assert is_valid(PSTORE, libvirt="11.5.0")
    assert Validator(libvirt="bookworm").libvirt == "9.0.0"
    assert validate(PSTORE, libvirt="10.2") == validate(PSTORE, libvirt="9.8.0")
    builders.domain("a").memory("1 GiB").for_libvirt("debian12").build()
    with pytest.raises(ValueError, match=r"no release of libvirt"):
        builders.domain("a").for_libvirt("yesterday")


def test_the_command_says_in_one_line_on_stderr_which_schemas_it_uses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "vm.xml"
    document.write_text(PSTORE)
    assert main(["validate", "--libvirt", "noble", "--quiet", str(document)]) == FINDINGS
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "virtxml validate: Ubuntu 24.04 has libvirt 10.0.0: the schemas of 9.8.0 are used, "
        "the nearest older ones that are known"
    ]
    assert main(["validate", "--libvirt", "12.8.0", "--quiet", str(document)]) == GOOD
    assert capsys.readouterr().err == ""
    assert main(["validate", "--libvirt", "nobel", str(document)]) == BAD_INPUT
    assert 'did you mean "noble"?' in capsys.readouterr().err


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_class_of_documents_begins_as_its_schema_says(document: str) -> None:
    root = DOCUMENTS[document][1]
    start = start_of_document(grammar_of(), document)
    assert start is not None
    assert not start.starts[root][0].dead
    alone = root not in [other for name, (_, other) in DOCUMENTS.items() if name != document]
    assert (start is start_of(grammar_of(), root)) == alone


def test_a_class_of_documents_that_a_release_has_no_schema_of_has_no_start() -> None:
    assert start_of_document(grammar_of(OLDEST), "HostCPU") is None
