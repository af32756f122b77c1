"""Which names stand for secrets: those that the generated classes know."""

from __future__ import annotations

from tests.strategies import all_classes
from virtxml.fields import TEXT
from virtxml.source.secrets.names import LOOSE, SECRETS
from virtxml.source.secrets.spans import secret_spans


def test_all_secrets_of_the_classes_are_known() -> None:
    secret = {
        cls.xml_name if field.role == TEXT else field.xml
        for cls in all_classes()
        for field in cls.xml_fields.values()
        if field.secret
    }
    assert {"passwd", "query", "cookie"} <= secret
    assert secret <= SECRETS


def test_no_other_name_of_libvirt_looks_like_a_secret() -> None:
    names = {field.xml for cls in all_classes() for field in cls.xml_fields.values()} - SECRETS
    names = {name for name in names if name.isidentifier()}
    # In elements about secrets, anything that is not known to be harmless may be one.
    names -= LOOSE | {"entry"}
    texts = [f"<{name} {name}='x'/>" for name in names] + [f"<{name}>y</{name}>" for name in names]
    assert len(texts) > 500
    assert [text for text in texts if list(secret_spans(text))] == []


def test_time_grows_with_the_text() -> None:
    for text in ("<cookie " * 2000, "<cookie a='" * 2000, "<cookie>" + "<![CDATA[" * 2000, "passwd=" * 2000):
        assert len(list(secret_spans(text))) <= 4000
