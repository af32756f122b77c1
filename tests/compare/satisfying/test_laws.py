"""Whatever a document is: it is what it is, and what is taken from what is wanted is not missed."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import root_classes
from tests.strategies import RELAXED, objects
from tests.xmltext import documents as any_documents
from virtxml import Node
from virtxml.compare.satisfying import satisfies
from virtxml.fields import ATTRIBUTE
from virtxml.sizes import Size
from virtxml.testing import documents

MODELS = st.sampled_from([*root_classes().values()]).flatmap(
    lambda cls: st.one_of(any_documents(cls).map(cls.from_xml), objects(cls))
)

TELLING = ("type", "index", "name", "dev", "address", "id", "vcpu", "iothread", "cellid", "path", "port", "dir", "mac")
"""Attributes that tell one thing from another: without them, it may be another one."""


@settings(RELAXED, max_examples=200)
@given(MODELS)
def test_a_document_is_what_it_is(model: Node) -> None:
    answer = satisfies(deepcopy(model), model)
    assert answer, str(answer)


@settings(RELAXED, max_examples=100)
@given(documents("domain"), st.data())
def test_an_attribute_that_is_no_longer_wanted_is_a_default(text: str, data: st.DataObject) -> None:
    actual = root_classes()["Domain"].from_xml(text)
    wanted = deepcopy(actual)
    places = [
        (owner, field.name)
        for owner in nodes(wanted)
        if not isinstance(owner, Size)
        for field in type(owner).xml_fields.values()
        if field.role == ATTRIBUTE and getattr(owner, field.name) is not None and field.name not in TELLING
    ]
    if places:
        owner, name = data.draw(st.sampled_from(places))
        setattr(owner, name, None)
    answer = satisfies(actual, wanted)
    assert not answer.missing, str(answer)


def nodes(model: Node) -> list[Node]:
    """Return an object and all below it."""
    found = [model]
    for node in found:
        for field in type(node).xml_fields.values():
            value = getattr(node, field.name)
            found += [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Node)]
    return found
