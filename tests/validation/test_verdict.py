"""The verdict on libvirt's own documents is libxml2's, under the schemas of every release."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.support import FIXTURES, requires_shared
from virtxml.relaxng.match.grammar import Grammar
from virtxml.relaxng.match.matcher import matches
from virtxml.releases.grammars import RELEASES, grammar_of, read_grammar, schema_files

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def documents(directory: Path) -> list[tuple[Path, etree._Element]]:
    """Return the documents below a directory that some schema is for."""
    roots = [(path, etree.parse(path, _PARSER).getroot()) for path in sorted(directory.rglob("*.xml"))]
    return [(path, root) for path, root in roots if root.tag in grammar_of().starts]


def ours(grammar: Grammar, root: etree._Element) -> bool:
    return matches(root, grammar.start(root.tag))


@cache
def libxml2(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


def jing(schema: Path, document: Path) -> bool:
    command = shutil.which("jing")
    assert command, f"{document}: libxml2 says otherwise, and there is no jing to ask"
    return subprocess.run([command, str(schema), str(document)], capture_output=True, check=False).returncode == 0


@requires_shared
@pytest.mark.parametrize("release", RELEASES)
def test_the_verdict_on_libvirts_documents_is_libxml2s_or_jings(release: str, shared: Path) -> None:
    grammar, files = grammar_of(release), schema_files(shared / "schemas" / release)
    seen = {True: 0, False: 0}
    for path, root in documents(shared / "corpus"):
        if root.tag in grammar.starts:
            expected = libxml2(files[root.tag]).validate(root)
            if ours(grammar, root) != expected:
                # libxml2 errs on some patterns, such as bounded repetitions: jing decides.
                expected = jing(files[root.tag], path)
            assert ours(grammar, root) == expected, path
            seen[expected] += 1
    assert min(seen.values()) > 40  # both verdicts were put to the test


@requires_shared
def test_schemas_read_from_a_directory_give_the_same_verdicts_as_those_of_the_package(shared: Path) -> None:
    read, packaged = read_grammar(shared / "schemas" / "9.0.0"), grammar_of("9.0.0")
    assert read.starts == packaged.starts
    for path, root in documents(shared / "corpus")[::10]:
        if root.tag in packaged.starts:
            assert ours(read, root) == ours(packaged, root), path


def test_our_own_documents_are_valid() -> None:
    found = documents(FIXTURES)
    assert found
    assert [path for path, root in found if not ours(grammar_of(), root)] == []


def test_what_is_in_the_wrong_place_or_form_is_invalid() -> None:
    (path, root), *_ = documents(FIXTURES / "domain")
    assert ours(grammar_of(), root)
    for spoil in (
        lambda tree: tree.set("typ", "kvm"),
        lambda tree: tree.find("memory").set("unit", "KB1"),
        lambda tree: setattr(tree.find("memory"), "text", "lots"),
        lambda tree: tree.remove(tree.find("name")),
        lambda tree: setattr(tree.find("name"), "tail", "stray"),
        lambda tree: setattr(tree.find("devices"), "tail", "stray"),
        lambda tree: tree.append(tree.find("devices/*")),
        lambda tree: tree.append(etree.Element("name")),
    ):
        copy = etree.parse(path, _PARSER).getroot()
        spoil(copy)
        assert not ours(grammar_of(), copy), etree.tostring(copy)
