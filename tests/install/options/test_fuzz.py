"""Whatever the arguments are, they end in a domain that can be written, or in one clear error."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.install.applying import applied
from virtxml.install.command_line.arguments import COMPOUND, OPTIONS
from virtxml.install.errors import InstallError
from virtxml.install.language.occasion import model_paths
from virtxml.install.options import find_option

FLAGS = sorted(name for name, declared in OPTIONS.items() if declared.kind == COMPOUND)
KEYS = {
    flag: [
        *(name.replace("*", "") for sub in option.subs for name in (sub.name, *sub.aliases)),
        *model_paths(option),
    ]
    for flag in FLAGS
    for option in [find_option(OPTIONS[flag].destination)]
}
NUMBERS = st.sampled_from(["", "0", "2", "1001", "9" * 30])
VALUES = st.one_of(
    st.sampled_from(["yes", "no", "", "0x10", "-1", "none", "default", "a,b", "a=b", "9" * 50, "unix", "udp", "bind"]),
    st.sampled_from(["pci", "drive", "host", "1:2:3", "[::1]:5", "/a", "'", '"', "\\"]),
    st.text(max_size=6),
)


@st.composite
def option_string(draw: st.DrawFn) -> str:
    """Return an option with keys that it knows, and values of all sorts."""
    flag = draw(st.sampled_from(FLAGS))
    late = ["xpath1.set", "xpath1.create", "xpath2.delete", "xpath2.value", "clearxml"]
    keys = st.one_of(st.sampled_from(KEYS[flag]), st.sampled_from(late), st.text(max_size=4))
    tokens = [f"{draw(keys)}{draw(NUMBERS)}={draw(VALUES)}" for _ in range(draw(st.integers(0, 3)))]
    first = [draw(VALUES)] if draw(st.booleans()) else []
    return f"{flag}={','.join([*first, *tokens])}"


WORDS = st.one_of(option_string(), option_string(), st.sampled_from(sorted(OPTIONS)), st.text(max_size=5), VALUES)


@given(st.lists(WORDS, max_size=4))
def test_any_arguments_end_well(argv: list[str]) -> None:
    try:
        domain, found = applied(*argv, "--quiet", "--quiet")
    except InstallError as error:
        message = str(error)
    else:
        message = ""
        for xml in [domain.to_xml(), *(each.disk.to_xml() for each in found.disks)]:
            assert xml.startswith("<d")
        for request in found.networks:
            assert request.interface.to_xml().startswith("<interface")
    assert len(message.splitlines()) <= 1
