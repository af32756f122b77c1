"""Classes are loaded when a document has their elements, and are there for whoever asks for their types."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.strategies import all_classes
from tests.support import ROOT

LOADED = """
import sys
import virtxml
node = virtxml.parse({text!r})
assert node.to_xml() == virtxml.parse(node.to_xml()).to_xml()
{more}
print(*(name.removeprefix("virtxml.schema.") for name in sys.modules if name.startswith("virtxml.schema.")))
"""

HINTS = """
import inspect
import typing
from virtxml import catalogue
from virtxml.element import Element
from virtxml.sizes import Size
import virtxml

def inside(hint):
    yield from [hint] if isinstance(hint, type) else []
    for inner in typing.get_args(hint):
        yield from inside(inner)

pending = [getattr(virtxml, name) for name in catalogue.DOCUMENTS]
found = set()
while pending:
    cls = pending.pop()
    if isinstance(cls, type) and issubclass(cls, Element) and cls not in found:
        found.add(cls)
        {ask}
        assert set(cls.xml_fields) <= set(hints), cls
        pending += [inner for hint in hints.values() for inner in inside(hint)]
print(*(f"{{cls.__module__}}.{{cls.__name__}}" for cls in found))
"""


def printed(script: str) -> set[str]:
    """Return the words that a script prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def loaded(text: str, more: str = "") -> set[str]:
    """Return the modules of classes that a process loads which reads a document and writes it."""
    return printed(LOADED.format(text=text, more=more))


def test_a_document_loads_the_classes_of_what_is_in_it() -> None:
    small = loaded("<domain><name>a</name></domain>")
    assert "domain.domain" in small
    assert not small & {"domain.disk", "domain.features", "cpu", "sysinfo", "domain.address"}
    with_disk = loaded("<domain><devices><disk><target dev='vda'/></disk></devices></domain>")
    assert with_disk - small == {"domain.disk"}
    with_geometry = loaded("<domain><devices><disk><geometry/></disk></devices></domain>")
    assert with_geometry - with_disk == {"domain.disk_geometry"}


@pytest.mark.parametrize(
    "more", ["repr(node)", "assert node == virtxml.parse(node.to_xml())", "import copy; copy.deepcopy(node)"]
)
def test_showing_and_copying_load_no_classes_of_what_is_not_there(more: str) -> None:
    text = "<domain><devices><disk/></devices></domain>"
    assert "domain.interface" not in loaded(text, more)


@pytest.mark.parametrize(
    "ask", ["hints = typing.get_type_hints(cls)", "hints = inspect.get_annotations(cls, eval_str=True)"]
)
def test_the_types_of_every_class_resolve_where_none_is_loaded(ask: str) -> None:
    wanted: set[Any] = {f"{cls.__module__}.{cls.__name__}" for cls in all_classes()}
    assert len(wanted) > 700
    assert printed(HINTS.format(ask=ask)) == wanted


def test_a_class_is_where_its_package_says_and_so_is_every_module() -> None:
    from virtxml.schema import common, domain

    for package in (common, domain):
        for name in package.__all__:
            assert getattr(package, name) is getattr(sys.modules[f"virtxml.schema.{package._MODULES[name]}"], name)
        assert set(package.__all__) <= set(dir(package))
