"""Whatever a test here translates is looked at: documents are valid, or a warning says that they are not.

Our validator and libxml2's have to agree; and libvirt has to take what the tests print, where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.support import shared_dir
from virtxml import is_valid, validate
from virtxml.install import translation
from virtxml.lint import run
from virtxml.releases import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.install import Translation

INVALID = "not valid by libvirt's schemas"
REFUSED = ("libvirt refuses this document", "libvirt cannot start this guest")
BATCH = 200


@pytest.fixture(scope="session")
def libxml2() -> Callable[[str], bool]:
    """Return libxml2's verdict on domains; our own without libvirt's schemas."""
    shared = shared_dir()
    schema = shared / "schemas" / "12.8.0" / "domain.rng" if shared is not None else None
    if schema is None or not schema.is_file():
        return is_valid
    validator = etree.RelaxNG(etree.parse(schema))
    return lambda text: bool(validator.validate(etree.fromstring(text)))


@pytest.fixture(scope="session")
def for_libvirt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return where documents are put that libvirt is to take in the end, with the names of their tests."""
    found: dict[str, str] = {}
    yield found
    if shutil.which("virsh") is None:
        return
    release = installed_release()
    known = [text for text in found if is_valid(text, libvirt=release)]
    refused = refused_by_libvirt(known, tmp_path_factory.mktemp("documents"))
    if refused:
        pytest.fail("\n".join(f"{found[text]}: {why.strip()}" for text, why in refused), pytrace=False)


def installed_release() -> str:
    """Return the newest release with schemas that is no newer than libvirt here, which may lack what is newer."""
    done = subprocess.run(["virsh", "--version"], capture_output=True, text=True, check=True)
    return choose(done.stdout.strip()).release


@pytest.fixture(autouse=True)
def documents_are_looked_at(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    libxml2: Callable[[str], bool],
    for_libvirt: dict[str, str],
) -> Iterator[None]:
    """Judge all documents that the test makes."""
    results: list[Translation] = []
    original = translation.translate_arguments

    def watched(*arguments: Any, **options: Any) -> Translation:
        result = original(*arguments, **options)
        results.append(result)
        return result

    monkeypatch.setattr(translation, "translate_arguments", watched)
    yield
    for result in results:
        told = any(INVALID in warning for warning in result.warnings)
        texts = [document.to_xml() for document in result.documents]
        mistakes = [[] if is_valid(text) else [str(one) for one in validate(text)] for text in texts]
        assert [not found for found in mistakes] == [libxml2(text) for text in texts], mistakes
        assert any(mistakes) == told, f"mistakes: {mistakes}; warnings: {result.warnings}"
        refused = any(warning.startswith(REFUSED) for warning in result.warnings)
        assert told or refused == any(one.severity == "error" for each in result.documents for one in run(each))
        if not told and not refused and not hasattr(request.function, "hypothesis"):
            for_libvirt.update((for_test_driver(text), request.node.nodeid) for text in texts)


def for_test_driver(text: str) -> str:
    """Return a document as one for libvirt's test driver: it has guests of its own type and architecture only."""
    root = etree.fromstring(text)
    root.set("type", "test")
    for name in ("os/firmware", "os/loader", "cpu", "devices/emulator", "uuid", "name"):
        for element in root.findall(name):
            element.getparent().remove(element)  # type: ignore[union-attr]
    etree.SubElement(root, "name").text = "NAME"
    kind = root.find("os/type")
    assert kind is not None
    kind.set("arch", "i686")
    kind.attrib.pop("machine", "")
    kind.text = "hvm"
    return etree.tostring(root, encoding="unicode")


def refused_by_libvirt(texts: list[str], directory: Path) -> list[tuple[str, str]]:
    """Return the documents that libvirt refuses, each with what it says."""
    refused = []
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        for number, text in enumerate(batch):
            (directory / f"{number}.xml").write_text(text.replace("NAME", f"guest{number}"))
        said = _define(directory, range(len(batch)))
        for number, text in enumerate(batch):
            if f"Domain 'guest{number}' defined" not in said:
                refused.append((text, _define(directory, [number])))
    return refused


def _define(directory: Path, numbers: Any) -> str:
    # virsh goes on after a command that fails only if it reads its commands.
    commands = "".join(f"define {directory / f'{number}.xml'}\n" for number in numbers)
    done = subprocess.run(
        ["virsh", "-c", "test:///default"], input=commands, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr
