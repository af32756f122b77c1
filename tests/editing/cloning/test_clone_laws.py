"""What holds for the clone of any guest, in whatever form its document is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given, settings

from tests.corpus import documents as documents_in
from tests.editing.forms import tidy, untidy
from tests.strategies import RELAXED
from tests.support import FIXTURES, shared_dir
from virtxml import Document, Domain, Node
from virtxml.editing import Clone, CloneError, clone
from virtxml.editing.cloning.disks import name_of
from virtxml.testing import documents as any_documents
from virtxml.validation import is_valid

FORMS = pytest.mark.parametrize("form", [str.encode, tidy, untidy])
EACH_OF_SHARED = 6
"""Of libvirt's own documents, so many are looked at that one of this number is."""
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
PLACE = re.compile(r"\[[0-9]+\]")

OWN = {
    *("id", "name", "uuid", "title", "sysinfos.system.entries.value"),
    *("os.nvram.value", "os.nvram.source.file", "os.nvram.source.dev", "os.varstore.path"),
    *(f"devices.disks.source.{name}" for name in ("file", "dev", "dir", "volume")),
    *("devices.interfaces.mac.address", "devices.interfaces.target.dev"),
    *("devices.graphics.port", "devices.graphics.autoport", "devices.channels.sources.path"),
    *(
        f"devices.{name}.log.file"
        for name in ("serials", "parallels", "consoles", "channels", "smartcards", "redirdevs")
    ),
    "devices.rngs.backend.log.file",
}
"""All that is not in a clone as it is in its original."""


@cache
def originals() -> list[Domain]:
    """Return our guests, and some of libvirt's if there are any; nobody's clone is known for one without a name."""
    found = [cls.from_xml(source) for _, source, cls in documents_in(FIXTURES / "domain")]
    shared = shared_dir()
    if shared is not None:
        guests = [source for _, source, cls in documents_in(shared / "corpus") if cls is Domain]
        found += [Domain.from_xml(source) for source in guests[::EACH_OF_SHARED]]
    return [model for model in found if isinstance(model, Domain) and model.name]


def cloned(document: Document[Domain]) -> Clone:
    """Clone a guest; images that cannot be copied are shared."""
    disks = [] if document.model.devices is None else document.model.devices.disks
    skip: list[str] = []
    while (refused := _refused(document.model, skip)) is not None:
        assert refused in map(name_of, disks)
        assert refused not in skip
        skip.append(refused)
    return clone(document.model, skip=skip)


def _refused(model: Domain, skip: list[str]) -> str | None:
    """Return the disk for which a guest cannot be cloned, None if it can."""
    try:
        clone(deepcopy(model), skip=skip)
    except CloneError as error:
        found = re.match(r"disk (\S*): ", str(error))
        assert found is not None
        return found[1]
    return None


def clones(form: Callable[[str], bytes]) -> Iterator[tuple[Domain, Document[Domain], Clone]]:
    """Iterate over guests, the documents of their clones, and what was made of them."""
    for model in originals():
        document = Document.parse(form(model.to_xml()), Domain)
        yield Domain.from_xml(document.to_bytes()), document, cloned(document)


def values(model: Node, path: str = "") -> dict[str, object]:
    """Return all values in a model by where they are."""
    found: dict[str, object] = {}
    for name in model.xml_fields:
        value = getattr(model, name)
        several = isinstance(value, list)
        for number, item in enumerate(value if several else [value]):
            here = f"{path}{name}[{number}]" if several else f"{path}{name}"
            if isinstance(item, Node):
                found.update(values(item, f"{here}."))
            elif item is not None:
                found[here] = item
    return found


def addresses(model: Domain) -> list[str]:
    """Return the addresses of the network cards of a guest."""
    cards = [] if model.devices is None else model.devices.interfaces
    return [card.mac.address.lower() for card in cards if card.mac is not None and card.mac.address]


@FORMS
def test_a_clone_differs_in_what_is_its_own_and_in_nothing_else(form: Callable[[str], bytes]) -> None:
    for original, document, made in clones(form):
        before, after = values(original), values(made.domain)
        found = {PLACE.sub("", path) for path in {*before, *after} if before.get(path) != after.get(path)}
        assert found <= OWN
        assert {"name", "uuid"} <= found
        assert Domain.from_xml(document.to_bytes()) == made.domain


@FORMS
def test_no_comment_is_lost_or_doubled_and_form_and_validity_stay(form: Callable[[str], bytes]) -> None:
    for number, (original, document, _made) in enumerate(clones(form)):
        before, after = form(originals()[number].to_xml()), document.to_bytes()
        assert Counter(COMMENT.findall(after)) == Counter(COMMENT.findall(before))
        assert after[:40].partition(b">")[0] == before[:40].partition(b">")[0] or original.id is not None
        if form is untidy:
            assert after.count(b"\n") == after.count(b"\r\n")
        if number % 5 == 0 and is_valid(before):
            assert is_valid(after)


def test_no_name_uuid_or_address_is_that_of_the_original_or_another_card() -> None:
    for original, _, made in clones(str.encode):
        clone_of = made.domain
        assert made.original == original.name != clone_of.name
        assert (original.uuid or "").lower() != (clone_of.uuid or "").lower()
        assert clone_of.devices is None or len(addresses(clone_of)) == len(clone_of.devices.interfaces)
        assert len({*addresses(clone_of)}) == len(addresses(clone_of))
        assert not {*addresses(original)} & {*addresses(clone_of)}


def test_each_image_is_copied_once_to_a_place_of_its_own_that_the_original_does_not_have() -> None:
    for original, _, made in clones(str.encode):
        said, now = values(original).values(), values(made.domain).values()
        assert len({copy.source for copy in made.copies}) == len(made.copies)
        assert len({copy.target for copy in made.copies}) == len(made.copies)
        for copy in made.copies:
            assert copy.target not in said
            assert copy.target in now or copy.target.partition("/")[2] in now  # POOL/VOLUME are two values
            assert copy.source in said or copy.source.partition("/")[2] in said


def test_the_clone_of_a_clone_is_another_guest_again() -> None:
    for original, document, made in clones(tidy):
        again = Document.parse(document.to_bytes(), Domain)
        second = cloned(again)
        assert len({original.name, made.domain.name, second.domain.name}) == 3
        assert len({original.uuid, made.domain.uuid, second.domain.uuid}) == 3
        assert not {copy.target for copy in made.copies} & {copy.target for copy in second.copies}
        assert {copy.source for copy in second.copies} == {copy.target for copy in made.copies}


@settings(RELAXED, max_examples=100)
@given(any_documents("domain"))
def test_any_valid_domain_has_a_clone_or_is_left_as_it_was(text: str) -> None:
    document = Document.parse(text, Domain)
    try:
        clone(document.model)
    except CloneError:
        assert document.to_text() == text
    else:
        assert Domain.from_xml(document.to_bytes()) == Domain.from_xml(document.model.to_xml())
