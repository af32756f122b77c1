from __future__ import annotations

from tests.explain.small import DOMAIN, Document, data, marked


def test_stray_text_is_shown():
    said = DOMAIN.said("VX304", "devices", text=0, value="\n    foo\n    ")
    assert said.message == 'text "foo" is not allowed in <devices>'
    assert said.path == "/domain/devices/text()"
    assert marked(DOMAIN, said) == "foo"


def test_an_empty_element_is_asked_to_hold_something():
    said = DOMAIN.said("VX306", "title", text=0, accepted=(data("int"),))
    assert said.message == "<title> is empty, but needs a whole number"
    assert marked(DOMAIN, said) == "<title/>"


def test_the_text_of_a_secret_never_appears():
    document = Document("<domain><password>hunter2<a/></password></domain>")
    assert "hunter2" not in document.said("VX304", "password", text=0, value="hunter2").message
    said = document.said("VX202", "password", text=0, value="hunter2", accepted=(data("int"),))
    assert said.message == "<password> holds a value, which is not a whole number"
