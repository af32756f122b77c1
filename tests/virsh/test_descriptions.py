"""What a domain says of itself."""

from __future__ import annotations

import pytest

from .running import GUEST, Shell


def test_descriptions_come_are_shown_and_go(shell: Shell) -> None:
    assert shell("desc", shell.guest) == "No description for domain: guest\n"
    assert shell.changed("desc", "a < b", "& c") == ["+<description>a &lt; b &amp; c</description>"]
    assert shell.changed("desc", "--title", "--new-desc", "The guest") == ["+<title>The guest</title>"]
    assert shell("desc", shell.guest) == "a < b & c\n"
    assert shell("desc", shell.guest, "--title") == "The guest\n"
    assert "a title is one line" in shell.refusal("desc", shell.guest, "--title", "a\nb")
    assert "no editor" in shell.refusal("desc", shell.guest, "--edit")
    shell("desc", shell.guest, "")
    shell("desc", shell.guest, "--title", "")
    assert shell.guest.read_text() == GUEST


def test_elements_of_your_own_are_kept_by_their_namespaces(shell: Shell) -> None:
    uri, other = "https://example.org/a", "https://example.org/b"
    element = "<owner team='x'><name>ops</name><o:p xmlns:o='urn:o'/></owner>"
    shell("metadata", shell.guest, uri, "--key", "my", "--set", element)
    text = shell.guest.read_text()
    assert f'<my:owner team="x" xmlns:my="{uri}">' in text or f'<my:owner xmlns:my="{uri}" team="x">' in text
    assert "<my:name>ops</my:name>" in text
    assert "<o:p " in text
    shown = shell("metadata", shell.guest, uri)
    assert shown.startswith("<owner team='x'>\n  <name>ops</name>\n")
    assert f"there is no metadata of {other}" in shell.refusal("metadata", shell.guest, other)
    shell("metadata", shell.guest, other, "--key", "my", "--set", "<tag/>")
    shell("metadata", shell.guest, uri, "--key", "new", "--set", "<tag>2</tag>")
    assert shell("metadata", shell.guest, uri) == "<tag>2</tag>\n"
    assert shell("metadata", shell.guest, other) == "<tag/>\n"
    shell("metadata", shell.guest, uri, "--remove")
    assert "no metadata" in shell.refusal("metadata", shell.guest, uri)
    before = shell.guest.read_text()
    shell("metadata", shell.guest, uri, "--remove")
    assert shell.guest.read_text() == before


@pytest.mark.parametrize("element", ["<a", "<a/><b/>", "text", "<a/>text", "<p:a/>"])
def test_what_is_no_element_is_no_metadata(shell: Shell, element: str) -> None:
    assert "--set" in shell.refusal("metadata", shell.guest, "urn:a", "--key", "k", "--set", element)


def test_metadata_needs_a_prefix(shell: Shell) -> None:
    assert "--key" in shell.refusal("metadata", shell.guest, "urn:a", "--set", "<a/>", status=2)


def test_what_happens_at_the_end(shell: Shell) -> None:
    assert shell.changed("set-lifecycle-action", "crash", "coredump-restart") == [
        "+<on_crash>coredump-restart</on_crash>"
    ]
    shell("set-lifecycle-action", shell.guest, "poweroff", "restart")
    for end, action, reason in (
        ("reboot", "destroy", "QEMU cannot restart"),
        ("poweroff", "preserve", "QEMU has no preserve"),
        ("crash", "rename-restart", "QEMU has no rename-restart"),
        ("reboot", "coredump-destroy", "for crashes only"),
        ("crash", "explode", "'explode' is not one of destroy"),
        ("sunset", "destroy", "'sunset' is not one of poweroff"),
    ):
        assert reason in shell.refusal("set-lifecycle-action", shell.guest, end, action)
