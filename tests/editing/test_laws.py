"""What holds for any change of any document, in whatever form it is written."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.corpus import documents as documents_in
from tests.editing.changing import Changing
from tests.editing.forms import tidy, untidy
from tests.source.expat_events import expat_events
from tests.support import FIXTURES, shared_dir
from virtxml import Document, Node
from virtxml.difference import apply, changes
from virtxml.source.decoding import decode
from virtxml.validation import is_valid

Form = Callable[[str], bytes]
EACH_OF_SHARED = 12
"""Of libvirt's own documents, so many are looked at that one of this number is."""


def libvirts(text: str) -> bytes:
    """Return a document as libvirt writes it."""
    return text.encode()


FORMS = pytest.mark.parametrize("form", [libvirts, tidy, untidy])


@cache
def models() -> list[Node]:
    """Return our documents, and some of libvirt's if there are any."""
    found = [cls.from_xml(source) for _, source, cls in documents_in(FIXTURES)]
    shared = shared_dir()
    if shared is not None:
        found += [cls.from_xml(source) for _, source, cls in [*documents_in(shared / "corpus")][::EACH_OF_SHARED]]
    return found


@cache
def changing() -> Changing:
    """Return what changes models with the values of all."""
    return Changing(models())


def documents(form: Form) -> Iterator[tuple[Document[Node], random.Random]]:
    """Iterate over documents in a form, each with what chooses its changes."""
    for number, model in enumerate(models()):
        yield Document.parse(form(model.to_xml()), type(model)), random.Random(number)


def changed(form: Form, count: int = 1) -> Iterator[tuple[bytes, Document[Node]]]:
    """Iterate over documents in a form whose models have changed, with what they were written like."""
    for document, choose in documents(form):
        before = document.to_bytes()
        for _ in range(choose.randint(1, count)):
            changing().change(document.model, choose)
        yield before, document


@FORMS
def test_what_is_written_is_read_as_the_model(form: Form) -> None:
    for _, document in changed(form, count=5):
        cls = type(document.model)
        assert cls.from_xml(document.to_bytes()) in (document.model, cls.from_xml(document.model.to_xml()))


def test_libvirts_own_form_stays_libvirts_own_form() -> None:
    for _, document in changed(libvirts, count=5):
        assert document.to_text() == document.model.to_xml()


@FORMS
def test_what_is_outside_the_changes_stays(form: Form) -> None:
    """The places of the changes are told in characters; here, the bytes between them are compared."""
    for before, document in changed(form, count=3):
        text, after = decode(before), document.to_bytes()
        encoding = "latin-1" if form is untidy else "utf-8"
        at = 0
        for edit in document.changes():
            kept = text[at : edit.start].encode(encoding)
            assert kept in after
            after = after[after.index(kept) + len(kept) :]
            at = edit.end
        assert after.endswith(text[at:].encode(encoding))


@FORMS
def test_one_value_is_one_place(form: Form) -> None:
    """An index of its own, made by expat, tells that no tag, comment or text but one is another one."""
    for document, choose in documents(form):
        before = document.to_bytes()
        if changing().set_one(document.model, choose) is None:
            continue
        one, other = pieces(before), pieces(document.to_bytes())
        assert len(one) == len(other)
        assert sum(piece != its for piece, its in zip(one, other, strict=True)) <= 1


def pieces(source: bytes) -> list[bytes]:
    """Return a document in pieces, each from something that expat finds to the next."""
    places = [0, *(at for kind, at, _ in expat_events(source) if kind != "text"), len(source)]
    return [source[start:end] for start, end in pairwise(places)]


@FORMS
def test_what_is_undone_was_never_done(form: Form) -> None:
    for document, choose in documents(form):
        before, old = document.to_bytes(), deepcopy(document.model)
        for _ in range(choose.randint(1, 4)):
            changing().change(document.model, choose)
        apply(document.model, changes(document.model, old, written=True))
        assert document.to_bytes() == before, document.diff()


@FORMS
def test_it_does_not_matter_which_of_two_values_is_set_first(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "document.xml"
    for document, choose in [*documents(form)][::7]:
        cls, before, old = type(document.model), document.to_bytes(), deepcopy(document.model)
        changing().set_one(document.model, choose)
        first = changes(old, document.model)
        changing().set_one(document.model, choose)
        both = changes(old, document.model)
        second = [change for change in both if change not in first]
        expected = document.to_bytes()
        for steps in (first, second), (second, first):
            if len(first) + len(second) != len(both):
                continue
            path.write_bytes(before)
            for step in steps:
                one = Document.read(path, cls)
                apply(one.model, step)
                one.save()
            assert path.read_bytes() == expected


@FORMS
def test_what_is_put_in_another_order_is_moved_whole(form: Form) -> None:
    for document, choose in documents(form):
        before = document.to_bytes()
        for node in [document.model, *vars_of(document.model)]:
            for name, field in node.xml_fields.items():
                if field.many and not field.behind:
                    choose.shuffle(getattr(node, name))
        after = document.to_bytes()
        assert Counter(before.splitlines()) == Counter(after.splitlines()), document.diff()


def vars_of(model: Node) -> Iterator[Node]:
    """Iterate over the objects in the fields of a model."""
    for name in model.xml_fields:
        value = getattr(model, name)
        if isinstance(value, Node):
            yield value


@FORMS
def test_no_comment_is_lost_or_doubled(form: Form) -> None:
    """But for those inside of what is removed, or replaced by what is something else."""
    for before, document in changed(form, count=4):
        old, new = comments(decode(before)), comments(document.to_text())
        assert not new - old - comments(document.model.to_xml())
        removed = sum((comments(decode(before)[edit.start : edit.end]) for edit in document.changes()), Counter())
        put_in = sum((comments(edit.text) for edit in document.changes()), Counter())
        assert old - new <= removed - put_in


def comments(text: str) -> Counter[str]:
    """Return the comments in a text, or a piece of one."""
    return Counter(found.replace("\r\n", "\n") for found in re.findall("(?s)<!--.*?-->", text))


@FORMS
def test_a_valid_document_stays_valid_if_the_model_is(form: Form) -> None:
    count = 0
    for before, document in [*changed(form, count=2)][::5]:
        if is_valid(before) and document.model.validate() == []:
            assert is_valid(document.to_bytes()), document.diff()
            count += 1
    assert count
