"""The compiled reader and writer of a class do what the general ones do."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import corpus
from tests.strategies import RELAXED, all_classes, objects
from tests.support import FIXTURES, fixture_documents
from tests.xmltext import documents
from virtxml import Domain, Node
from virtxml.codec import tiers
from virtxml.codec.names import written
from virtxml.codec.reading.compiled import compile_reader
from virtxml.codec.reading.plain import read_generally
from virtxml.codec.tiers import first_reader, first_writer
from virtxml.codec.writing.compiled import compile_writer
from virtxml.codec.writing.plain import write_woven
from virtxml.schema.domain import Disk, DiskTarget

Functions = dict[type[Node], tuple[Any, Any]]


@cache
def general() -> Functions:
    """Return the general reader and writer of every class."""
    return {cls: (staticmethod(_general_reader(cls)), _general_writer(cls)) for cls in all_classes()}


def _general_reader(cls: type[Node]) -> Any:
    return lambda element: read_generally(cls, element)


def _general_writer(cls: type[Node]) -> Any:
    own = written(cls.xml_name)

    def _write(self: Node, out: list[str], indent: str, tag: str = own) -> None:
        write_woven(self, out, indent, tag)

    return _write


@cache
def compiled() -> Functions:
    """Return the compiled reader and writer of every class."""
    return {cls: (staticmethod(compile_reader(cls)), compile_writer(cls)) for cls in all_classes()}


@contextmanager
def using(functions: Functions) -> Iterator[None]:
    """Let the classes read and write by some functions, and as they did afterwards."""
    before = {cls: {name: vars(cls)[name] for name in ("_read", "_write") if name in vars(cls)} for cls in functions}
    try:
        for cls, (read, write) in functions.items():
            cls._read, cls._write = read, write
        yield
    finally:
        for cls, own in before.items():
            del cls._read, cls._write
            for name, function in own.items():
                setattr(cls, name, function)


def only(functions: Functions, *classes: type[Node]) -> Functions:
    """Return the functions of some classes, which are sooner exchanged than those of all."""
    return {cls: functions[cls] for cls in classes}


def both(cls: type[Node], source: bytes | str) -> list[tuple[Node, str]]:
    """Read and write a document both ways; return the objects and texts."""
    found = []
    for functions in (general(), compiled()):
        with using(functions):
            node = cls.from_xml(source)
            found.append((node, node.to_xml()))
    return found


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: path.name)
def test_our_documents_are_read_and_written_alike(path: Path) -> None:
    source = path.read_bytes()
    cls = corpus.class_of(source)
    assert cls
    one, other = both(cls, source)
    assert one == other


def test_libvirts_documents_are_read_and_written_alike(shared: Path) -> None:
    found = list(corpus.documents(shared / "corpus"))
    results = []
    for functions in (general(), compiled()):
        with using(functions):
            nodes = [cls.from_xml(source) for _, source, cls in found]
            results.append([(node, node.to_xml()) for node in nodes])
    for (path, _, _), one, other in zip(found, *results, strict=True):
        assert one == other, path


@RELAXED
@given(st.sampled_from(all_classes()).flatmap(objects))
def test_random_objects_are_written_alike(node: Node) -> None:
    with using(general()):
        text = node.to_xml()
    with using(compiled()):
        assert node.to_xml() == text


@RELAXED
@given(st.sampled_from(all_classes()).flatmap(lambda cls: st.tuples(st.just(cls), documents(cls, 2))))
def test_random_documents_are_read_alike(example: tuple[type[Node], str]) -> None:
    one, other = both(*example)
    assert one == other


def test_a_class_is_compiled_when_the_process_has_read_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "_left", {"read": 2, "write": 2})
    with using({DiskTarget: (staticmethod(first_reader(DiskTarget)), first_writer(DiskTarget))}):
        first = DiskTarget._read
        for _ in range(2):
            DiskTarget.from_xml("<target dev='vda'/>").to_xml()
        assert DiskTarget._read is first
        DiskTarget.from_xml("<target dev='vda'/>").to_xml()
        assert "element.items()" in _text_of(DiskTarget._read)
        assert "dev" in _text_of(DiskTarget._write)


def _text_of(function: Any) -> str:
    return "".join(linecache.getlines(function.__code__.co_filename))


def test_tracebacks_show_lines_of_compiled_functions() -> None:
    class Path:
        def __fspath__(self) -> str:
            raise ZeroDivisionError

    with using(compiled()), pytest.raises(ZeroDivisionError) as caught:
        Disk(serial=Path()).to_xml()
    shown = "".join(traceback.format_exception(caught.value))
    assert "<virtxml virtxml.schema.domain.disk.Disk._write>" in shown
    assert "element_texts[value]" in shown


def test_a_domain_is_read_by_the_same_class_before_and_after_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FIXTURES.joinpath("domain", "database.xml").read_bytes()
    names = [cls for cls in all_classes() if cls.__module__.startswith("virtxml.schema.domain")]
    monkeypatch.setattr(tiers, "_left", {"read": 100, "write": 100})
    with using({cls: (staticmethod(first_reader(cls)), first_writer(cls)) for cls in names}):
        texts = {Domain.from_xml(source).to_xml() for _ in range(10)}
        assert "element.items()" in _text_of(Domain._read)
    assert len(texts) == 1
