"""Whatever the command line is, `virtxml install` prints documents, or one clear line about what is wrong.

Documents are valid, and libvirt takes them, or a warning says that they are not.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.install.options.test_fuzz import FLAGS, KEYS, VALUES, WORDS, option_string
from tests.install.test_corpus_cases import FOUND, arguments_of, cases
from virtxml import is_valid, validate
from virtxml.cli.commands.install import main
from virtxml.install.command_line.arguments import OPTIONS
from virtxml.install.language.occasion import element_class
from virtxml.install.language.paths import accepted_words
from virtxml.install.options import find_option

STARTS = st.sampled_from(
    [
        [],
        ["--osinfo", "generic", "--memory", "64"],
        ["--osinfo", "fedora40", "--disk", "size=1", "--import"],
        ["--osinfo", "win11", "--disk", "none", "--pxe", "--arch", "aarch64"],
        ["--connect", "test:///default", "--osinfo", "require=off", "--memory", "64", "--disk", "none"],
        ["--connect", "lxc:///", "--memory", "64"],
        ["--arch", "s390x", "--osinfo", "debian12", "--disk", "/dev/null", "--import"],
    ]
)
LIKELY_VALUES = st.sampled_from(
    ["yes", "0", "1", "0x1", "10", "1-3", "/a", "a:b", "52:54:00:00:00:01", "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"]
)
WHOLE = ["--osinfo", "debian12", "--memory", "64", "--disk", "none", "--import"]
ELEMENTS = {flag: element_class(find_option(OPTIONS[flag].destination)) for flag in FLAGS}
RECORDED = [
    arguments_of(param.values[0])
    for kind in ("compare", "valid", "invalid")
    for param in cases(kind)
    if len(param.values[0]["args"]) < 80
]

any_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def judge(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Run a command line, and see that it ends well."""
    try:
        status = main(argv)
    except SystemExit as stop:
        # After --help.
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    if status:
        assert status == 2
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        assert err.startswith("virtxml install: error: ")
    elif "<domain" in out:
        texts = [f"{text}</domain>\n" for text in out.split("</domain>\n")[:-1]]
        valid = all(is_valid(text) for text in texts)
        assert valid != ("not valid by libvirt's schemas" in err)
        if valid:
            found = [one for text in texts for one in validate(text) if one.severity == "error"]
            assert bool(found) == ("libvirt refuses this document" in err or "libvirt cannot start this guest" in err)


@any_fixtures
@given(STARTS, st.lists(WORDS, max_size=4))
def test_any_command_line_ends_well(capsys: pytest.CaptureFixture[str], start: list[str], argv: list[str]) -> None:
    judge([*start, *argv], capsys)


@st.composite
def likely_option(draw: st.DrawFn) -> str:
    """Return an option with sub-options that it has, dotted ones too, and values that may be right."""
    flag = draw(st.sampled_from([flag for flag, cls in ELEMENTS.items() if cls is not None]))
    tokens = []
    for key in draw(st.lists(st.sampled_from(KEYS[flag]), min_size=1, max_size=3)):
        cls, match = ELEMENTS[flag], find_option(OPTIONS[flag].destination).find(key)
        try:
            words = accepted_words(cls, key if match is None else match.path) if cls is not None else ()
        except LookupError:
            words = ()
        tokens.append(f"{key}={draw(st.one_of(*([st.sampled_from(words)] if words else []), LIKELY_VALUES, VALUES))}")
    return f"{flag}={','.join(tokens)}"


@any_fixtures
@given(st.lists(likely_option(), min_size=1, max_size=3))
def test_sub_options_that_there_are_end_well(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    judge([*WHOLE, *argv], capsys)


@st.composite
def changed(draw: st.DrawFn) -> list[str]:
    """Return a recorded command line with some words changed, added or taken out."""
    argv = list(draw(st.sampled_from(RECORDED)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(argv) - 1))
        word = argv[place]
        inside = draw(st.integers(0, len(word)))
        new = draw(
            st.sampled_from(
                [[], [word, word], [word[:inside] + draw(st.text(max_size=3)) + word[inside:]], [word[:inside]]]
            )
        )
        argv[place : place + 1] = [*new, draw(option_string())] if draw(st.booleans()) else new
        argv = argv or ["--pxe"]
    return argv


@pytest.mark.skipif(FOUND is None, reason="needs recorded cases: ../shared/virt-install, or VIRTXML_SHARED")
@any_fixtures
@given(st.deferred(changed))
def test_changed_command_lines_of_others_end_well(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    judge(argv, capsys)
