from __future__ import annotations

from tests.explain.small import DOMAIN


def test_what_is_given_twice_shows_the_first():
    said = DOMAIN.said("VX303", "name[2]", first="name[1]")
    assert said.message == "<name> is given twice in <domain>"
    assert said.related == ((2, 4, "first given here"),)
    assert (said.line, said.column, said.path) == (5, 4, "/domain/name[2]")


def test_the_wrong_order_is_put_right():
    said = DOMAIN.said("VX305", "name[1]", first="title")
    assert said.message == "<name> has to come after <title> in <domain>"
    assert said.help == "move it behind <title>"
    assert said.related == ((4, 4, "this has to come first"),)


def test_what_stands_too_late_is_put_before_the_other():
    said = DOMAIN.said("VX305", "title", behind="name[1]")
    assert said.message == "<title> has to come before <name> in <domain>"
    assert said.help == "move it before <name>"
    assert said.related == ((2, 4, "<title> has to come before this"),)
