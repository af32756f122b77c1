"""What holds for all options: an element that was given a value has it, and is meant by it."""

from __future__ import annotations

import pytest

from tests.install.options.test_all import SUB_OPTIONS, values_for
from virtxml import Domain
from virtxml.install import change
from virtxml.install.changes.elements import Elements, is_device
from virtxml.install.changes.wanted import EDIT_OPTIONS
from virtxml.install.command_line.arguments import OPTIONS
from virtxml.install.language.declaring import Match, Option
from virtxml.install.options import find_option


def plain_sub_options() -> list[tuple[str, Option, str, Match]]:
    """Return the sub-options that set a path of an element, and nothing else, with the flags of their options."""
    found = []
    for flag, name in SUB_OPTIONS:
        option = find_option(OPTIONS[flag].destination)
        match = option.find(name.replace("[N]", ""))
        if flag in EDIT_OPTIONS and option.element and match and not (match.sub.handler or match.sub.foreign):
            found.append((flag, option, name.replace("[N]", ""), match))
    return found


PLAIN = plain_sub_options()


@pytest.mark.parametrize(
    ("flag", "option", "key", "match"), PLAIN, ids=lambda part: part if isinstance(part, str) else ""
)
def test_an_element_has_the_value_that_it_was_given_and_is_meant_by_it(
    flag: str, option: Option, key: str, match: Match
) -> None:
    for value in values_for(option, match):
        domain = Domain()
        node = Elements(option, domain).made()
        if is_device(option):
            Elements(option, domain).add(type(node)())
        change(domain, [flag, f"{key}={value}", "--edit"])
        text = domain.to_xml()
        meant = change(domain, [flag, f"{key}={value}", "--edit", f"{key}={value}"]).nodes
        assert domain.to_xml() == text
        # An element that nothing is left in is no more, and is made to be looked at.
        assert any(one is node for one in meant) or (meant and not Elements(option, domain).all)


def test_most_sub_options_are_plain() -> None:
    assert len(PLAIN) > 500
