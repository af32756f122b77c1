"""What holds for all commands, whatever a document looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml import Document, Domain
from virtxml.virsh.arguments import read_arguments
from virtxml.virsh.errors import VirshError
from virtxml.virsh.registry import COMMANDS

from .running import GUEST

LAYOUTS = {
    "as it is": GUEST,
    "with tabs": GUEST.replace("  ", "\t"),
    "with CRLF": GUEST.replace("\n", "\r\n"),
    "with single quotes": GUEST.replace('"', "'"),
    "with remarks": re.sub(r"(<(?:disk|interface|vcpu|memory)\b)", r"<!-- a remark --><?keep this?>\1", GUEST),
}
CHANGES = [
    ["setvcpus", "3"],
    ["setvcpus", "8", "--maximum", "--config"],
    ["setvcpu", "2-3", "--enable"],
    ["setmem", "1G"],
    ["setmaxmem", "8G"],
    ["memtune", "--hard-limit", "8G"],
    ["vcpupin", "0", "0-3,^1"],
    ["emulatorpin", "1"],
    ["iothreadadd", "5"],
    ["iothreadpin", "1", "2"],
    ["iothreaddel", "2"],
    ["blkdeviotune", "vda", "--total-iops-sec", "5"],
    ["blkiotune", "--weight", "500"],
    ["domiftune", "52:54:00:00:00:01", "--inbound", "5"],
    ["numatune", "--nodeset", "0"],
    ["schedinfo", "cpu_shares=5"],
    ["desc", "A <guest>"],
    ["desc", "--title", "A guest"],
    ["metadata", "urn:x", "--key", "x", "--set", "<a><b/></a>"],
    ["set-lifecycle-action", "crash", "restart"],
    ["attach-disk", "/srv/new.img", "vdb"],
    ["attach-interface", "bridge", "br1", "--model", "virtio"],
    ["change-media", "sda", "--eject"],
    ["domif-setlink", "52:54:00:00:00:02", "down"],
    ["detach-disk", "vda"],
    ["detach-interface", "network"],
]


def act(document: Document[Domain], command: list[str]) -> None:
    """Run a command on a document."""
    name, *arguments = command
    said = read_arguments(COMMANDS[name], ["FILE", *arguments], lambda _: b"")
    assert COMMANDS[name].act(said, document.model) is None


def refusal(document: Document[Domain], command: list[str]) -> str | None:
    """Run a command on a document; return what is said if it is refused."""
    try:
        act(document, command)
    except VirshError as error:
        return str(error)
    return None


def content(model: Domain) -> list[str]:
    """Return what a model says, without remarks."""
    return re.sub(r"<!--.*?-->|<\?.*?\?>", "", model.to_xml()).split()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("command", CHANGES, ids=" ".join)
def test_a_command_changes_what_it_is_about_and_keeps_all_else(command: list[str], layout: str) -> None:
    before = Document.parse(LAYOUTS[layout], Domain)
    act(before, command)
    text = before.to_text()
    assert text != LAYOUTS[layout]
    after = Document.parse(text, Domain)
    assert after.model == before.model
    assert [one for one in after.model.validate() if one.severity == "error"] == []
    for remark in ("<!-- The guest of the tests -->", "<!-- enough -->", "<!-- the system -->"):
        assert text.count(remark) == 1
    # The same command has the same effect in all layouts.
    plain = Document.parse(GUEST, Domain)
    act(plain, command)
    assert content(after.model) == content(plain.model)


targets = st.sampled_from(["vdb", "vdc", "sdb", "xvda", "hda", "hdb", "vdaa"])
disks = st.lists(st.tuples(targets, st.sampled_from(["/srv/a.img", "/srv/b & c.qcow2"])), unique_by=lambda one: one[0])


@given(disks=disks, layout=st.sampled_from(sorted(LAYOUTS)), data=st.data())
def test_disks_that_come_and_go_in_any_order_leave_the_bytes_as_they_were(
    disks: list[tuple[str, str]], layout: str, data: st.DataObject
) -> None:
    document = Document.parse(LAYOUTS[layout], Domain)
    for target, path in disks:
        act(document, ["attach-disk", path, target])
        document = Document.parse(document.to_text(), Domain)
    for target, _ in data.draw(st.permutations(disks)):
        act(document, ["detach-disk", target])
        document = Document.parse(document.to_text(), Domain)
    assert document.to_text() == LAYOUTS[layout]


@given(commands=st.lists(st.sampled_from(CHANGES), max_size=6), layout=st.sampled_from(sorted(LAYOUTS)))
def test_commands_in_a_row_say_what_they_say_in_a_document_of_libvirts_form(
    commands: list[list[str]], layout: str
) -> None:
    plain = Document.parse(Domain.from_xml(GUEST).to_xml(), Domain)
    document = Document.parse(LAYOUTS[layout], Domain)
    for command in commands:
        assert refusal(plain, command) == refusal(document, command)
        plain, document = (Document.parse(one.to_text(), Domain) for one in (plain, document))
    assert [one for one in document.model.validate() if one.severity == "error"] == []
    assert content(document.model) == content(plain.model)
