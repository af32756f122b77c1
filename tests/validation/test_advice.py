"""What a message tells to do is what helps, and no other advice is given."""

from __future__ import annotations

import pytest

from tests.mutants.judging.advice import works
from virtxml import ParseError, parse
from virtxml.validation import validate

DOMAIN = """<domain type='kvm'>
  <name>web01</name>
  <memory>2097152</memory>
  <os><type>hvm</type></os>{}
  <devices>
    {}
  </devices>
</domain>
"""
DISK = "<disk type='file'><source file='/srv/web01.img'/><target dev='vda'/>{}</disk>"
PCI = "<address type='pci' domain='0' bus='0' slot='{}' function='0'/>"
CAPABILITIES = "<features><capabilities policy='default'>{}</capabilities></features>"


def device(text: str) -> str:
    """Return a domain with a device."""
    return DOMAIN.format("", text)


def beside(text: str) -> str:
    """Return a domain with something beside its devices."""
    return DOMAIN.format(text, "")


NFS = (
    "<pool type='nfs'><name>shared</name><source><host name='nas'/><dir path='/export'/><format type='nfs'/></source>"
    "<target><path>/mnt/shared</path></target></pool>"
)
SOURCE = "<interface type='network'><source network='default'/>{}</interface>"

ONE_MISTAKE = {
    "text for an attribute": (
        device(SOURCE.format("<model>virtio</model>")),
        'text "virtio" is not allowed in <model>',
        "write it as an attribute: <model type='virtio'/>",
    ),
    "text for an attribute that is missing": (
        device("<disk type='file'><source file='/srv/a'/><target>vda</target></disk>"),
        'text "vda" is not allowed in <target>',
        "write it as an attribute: <target dev='vda'/>",
    ),
    "an element for an attribute": (
        device(DISK.format("<device>cdrom</device>")),
        "unknown element <device> in <disk>",
        "write it as an attribute: <disk device='cdrom'>",
    ),
    "an element for an attribute that is missing": (
        device("<disk><type>file</type><source file='/srv/a'/><target dev='vda'/></disk>"),
        "unknown element <type> in <disk>",
        "write it as an attribute: <disk type='file'>",
    ),
    "an attribute for an element": (
        "<domain type='kvm' name='web01'><memory>1</memory><os><type>hvm</type></os></domain>",
        'unknown attribute "name" on <domain>',
        "write it as an element: <name>web01</name>",
    ),
    "an attribute for text": (
        "<domain type='kvm'><name>web01</name><memory value='1'/><os><type>hvm</type></os></domain>",
        'unknown attribute "value" on <memory>',
        "write it as text: <memory>1</memory>",
    ),
    "another word for a value": (
        NFS,
        'value "nfs" of attribute "type" on <pool> is not one of the possible values',
        'did you mean "netfs"?',
    ),
    "a value with which all else is right": (
        NFS.replace("'nfs'>", "'share'>"),
        'value "share" of attribute "type" on <pool> is not one of the possible values',
        'did you mean "netfs"?',
    ),
    "a number out of range": (
        device(DISK.format(PCI.format("0x40"))),
        'value "0x40" of attribute "slot" on <address> is not a number from 0 to 31, decimal or hexadecimal',
        "",
    ),
    "a decimal number out of range": (
        device(DISK.format(PCI.format("32"))),
        'value "32" of attribute "slot" on <address> is not a number from 0 to 31, decimal or hexadecimal',
        "",
    ),
    "what another element of that name has": (
        device(DISK.format("<boot dev='hd'/>")),
        "<boot> does not belong in <disk>",
        "it belongs in <os>; here it needs order='1'",
    ),
    "what goes with a variant that is complete": (
        device("<interface type='user'><source network='default'/></interface>"),
        "attribute \"network\" on <source> is not for <interface type='user'>",
        "it goes with type='network'",
    ),
    "what only status files have": (
        beside("<privateData><x/></privateData>"),
        "<privateData> does not belong in <domain>",
        "only libvirt's own status files have it: remove it",
    ),
    "an unknown element beside a similar one that is there": (
        beside(CAPABILITIES.format("<audit_read state='on'/><audit_write state='off'/>")),
        "unknown element <audit_read> in <capabilities>",
        "possible: ",
    ),
    "an element outside of one that is missing": (
        "<domain type='kvm'><name>a</name><memory>1</memory><type>hvm</type></domain>",
        "<type> does not belong in <domain>",
        "it belongs in <os>",
    ),
    "an element beside the one that it is missing in": (
        "<domain type='kvm'><name>a</name><memory>1</memory><os/><type>hvm</type></domain>",
        "<type> does not belong in <domain>",
        "it belongs in <os>",
    ),
    "an address outside of the source that it is of": (
        device("<hostdev mode='subsystem' type='pci'><address domain='0' bus='6' slot='18' function='5'/></hostdev>"),
        "<address> does not belong in <hostdev>",
        "it belongs in <source>",
    ),
    "an attribute for an element that only has to be there": (
        device("<disk type='file' readonly='yes'><source file='/srv/a'/><target dev='vda'/></disk>"),
        'unknown attribute "readonly" on <disk>',
        "write it as an element: <readonly/>",
    ),
    "an attribute for one of an element": (
        device("<video model='qxl'/>"),
        'unknown attribute "model" on <video>',
        "write it as an element: <model type='qxl'/>",
    ),
    "text for an element that is missing": (
        "<pool type='dir'><name>a</name><target>/srv</target></pool>",
        'text "/srv" is not allowed in <target>',
        "write it as an element: <path>/srv</path>",
    ),
    "another name for the attribute that lists a value": (
        device(DISK.format("<driver name='qemu' format='qcow2'/>")),
        'unknown attribute "format" on <driver>',
        'did you mean "type"?',
    ),
    "an attribute that only a variant has that needs more": (
        device("<disk type='file'><source path='/srv/a'/><target dev='vda'/></disk>"),
        'unknown attribute "path" on <source>',
        'did you mean "file"?',
    ),
    "the only value that fits what is there": (
        device(DISK.format("<address domain='0' bus='0' slot='3' function='0'/>")),
        '<address> lacks the attribute "type"',
        "add type='pci'",
    ),
    "an element that tells what the one around is": (
        device("<interface><type>network</type><source network='default'/></interface>"),
        "unknown element <type> in <interface>",
        "write it as an attribute: <interface type='network'>",
    ),
    "an element with the name of an attribute and not quite that of another": (
        beside("<cpu><mode>host-model</mode></cpu>"),
        "unknown element <mode> in <cpu>",
        "write it as an attribute: <cpu mode='host-model'>",
    ),
    "an element that many may hold of that name": (
        beside("<acpi/>"),
        "<acpi> does not belong in <domain>",
        "it belongs in",
    ),
    "an element without a place where only settings would make one": (
        "<sysinfo type='smbios'><bios><entry name='vendor'>a</entry></bios><entry name='version'>b</entry>"
        "<system><entry name='serial'>c</entry></system></sysinfo>",
        "<entry> does not belong in <sysinfo>",
        "it belongs in <bios>",
    ),
}


@pytest.mark.parametrize(("text", "message", "advice"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_gets_one_advice_that_works(text: str, message: str, advice: str) -> None:
    (found,) = validate(text)
    assert found.message == message
    assert found.help.startswith(advice) if advice else found.help == ""
    assert works(text, found, [found]) is not False


def test_white_space_behind_what_is_of_another_variant_is_no_text() -> None:
    inner = "<capability><name>net_eth0</name></capability>"
    text = (
        f"<device><path>/sys</path><capability type='net'><interface>eth0</interface>{inner}\n</capability>\n</device>"
    )
    codes = {one.code for one in validate(text)}
    assert codes
    assert "VX304" not in codes


def test_text_in_an_element_that_needs_other_things_belongs_nowhere_else() -> None:
    found = validate(device("<interface>x</interface>"))
    assert [(one.code, one.message) for one in found] == [
        ("VX301", '<interface> lacks the attribute "type"'),
        ("VX304", 'text "x" is not allowed in <interface>'),
    ]


def test_an_odd_attribute_stands_for_a_missing_one_only_if_its_value_is_right_there() -> None:
    codes = [
        {one.code for one in validate(device(SOURCE.format(f"<boot {setting}/>")))} for setting in ("x='1'", "x='y'")
    ]
    assert codes == [{"VX102"}, {"VX102", "VX301"}]


def test_nothing_is_told_to_belong_where_it_is() -> None:
    for text in (device("<source><source/></source>"), device(DISK.format("<disk/>")), beside("<domain/>")):
        for one in validate(text):
            where = one.message.rpartition(" does not belong in ")[2]
            assert f"belongs in {where}" not in one.help


@pytest.mark.parametrize("root", ["playbook", "service", "beans", "project", "form", "host-list"])
def test_another_word_that_looks_alike_is_no_root_of_ours(root: str) -> None:
    (found,) = validate(f"<{root}/>")
    assert found.suggestions == ()
    with pytest.raises(ParseError) as caught:
        parse(f"<{root}/>")
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("root", "meant"),
    [("domian", "domain"), ("netwrok", "network"), ("domainsnapshoot", "domainsnapshot"), ("Pool", "pool")],
)
def test_a_slip_in_a_root_is_one(root: str, meant: str) -> None:
    (found,) = validate(f"<{root}/>")
    assert found.suggestions == (meant,)


def test_what_may_be_a_secret_is_told_how_to_write_without_it() -> None:
    (found,) = validate(device("<graphics>vnc</graphics>"))
    assert found.message == "text is not allowed in <graphics>"
    assert found.help == "write it as an attribute: <graphics type='…'/>"


def test_no_secret_is_repeated_in_what_to_write() -> None:
    secret = "hunter2secret"
    for text in (
        device(f"<graphics type='vnc'><passwd>{secret}</passwd></graphics>"),
        device(f"<graphics type='vnc'>{secret}</graphics>"),
        f"<domain type='kvm' passwd='{secret}'><name>a</name></domain>",
        device(DISK.format(f"<auth password='{secret}'/>")),
        device(DISK.format(f"<auth><secret>{secret}</secret></auth>")),
    ):
        for one in validate(text):
            assert secret not in one.message + one.help
