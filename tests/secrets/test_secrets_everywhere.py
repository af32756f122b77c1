"""No secret shows, in whichever kind of document it stands, and whatever is wrong around it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.secrets.test_secrets_shown import everything_said

SECRET = "Q7hunter2kzx"
_DOMAIN = """<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>a</name>
  <memory>1024</memory>
  <os><type>hvm</type>{os}</os>
  {before}
  <devices>
    {devices}
  </devices>
  {after}
</domain>
"""


def domain(devices: str = "", os: str = "", before: str = "", after: str = "") -> str:
    return _DOMAIN.format(devices=devices, os=os, before=before, after=after)


def arguments(text: str) -> str:
    return domain(after=f"<qemu:commandline>\n    {text}\n  </qemu:commandline>")


_HTTPS = "<disk type='network'>\n      <source protocol='https' name='x'{}>\n        <host name='h'/>\n        {}\n"
_HTTPS += "      </source>\n      <target dev='vda'/>\n    </disk>"
_COOKIES = "<cookies>\n          <cookie name='session'>SECRET</cookie>\n        </cookies>"
DOCUMENTS = {
    "vnc": domain("<graphics type='vnc' port='5900' passwd='SECRET' keymap='de'/>"),
    "spice": domain("<graphics type='spice' passwd=\"SECRET\">\n      <listen type='address'/>\n    </graphics>"),
    "cookie": domain(_HTTPS.format("", _COOKIES)),
    "query": domain(_HTTPS.format(" query='token=SECRET&amp;b=2'", "")),
    "plain query": domain(_HTTPS.format(" query='SECRET'", "")),
    "address": domain("<disk type='file'><source file='http://me:SECRET@h/x.iso'/><target dev='vda'/></disk>"),
    "firmware": domain(before="<sysinfo type='fwcfg'>\n    <entry name='opt/a.b/key'>SECRET</entry>\n  </sysinfo>"),
    "strings": domain(before="<sysinfo type='smbios'><oemStrings>\n    <entry>SECRET</entry></oemStrings></sysinfo>"),
    "object": arguments("<qemu:arg value='-object'/>\n    <qemu:arg value='secret,id=sec0,data=SECRET'/>"),
    "fw_cfg": arguments("<qemu:arg value='-fw_cfg'/>\n    <qemu:arg value='name=opt/x/y,string=SECRET'/>"),
    "environment": arguments("<qemu:env name='VNC_PASSWORD' value='SECRET'/>"),
    "container": domain(os="<initenv name='DB_PASSWORD'>SECRET</initenv>"),
    "kernel": domain(os="<kernel>/k</kernel><cmdline>ks=http://me:SECRET@h/ks password=SECRET</cmdline>"),
    "metadata": domain(before="<metadata>\n    <x:app xmlns:x='u'>\n      <x:adminPassword>SECRET</x:adminPassword>\n"
                       "      <x:i password='SECRET'/>\n    </x:app>\n  </metadata>"),
    "TPM": domain("<tpm model='tpm-crb'><backend type='emulator'><encryption secret='SECRET'/></backend></tpm>"),
    "secret": "<secret private='yes'>\n  <description>x</description>\n  <value>SECRET</value>\n</secret>\n",
    "RBD": "<pool type='rbd'>\n  <name>p</name>\n  <source>\n    <name>x</name>\n    <host name='h'/>\n"
    "    <auth type='ceph' passwd='SECRET'>\n      <secret usage='u'/>\n    </auth>\n  </source>\n</pool>\n",
    "CHAP": "<pool type='iscsi'>\n  <name>p</name>\n  <source>\n    <host name='h'/>\n    <device path='iqn'/>\n"
    "    <auth type='chap' username='u'>\n      <secret passphrase='SECRET'/>\n    </auth>\n  </source>\n"
    "  <target><path>/dev</path></target>\n</pool>\n",
    "LUKS": "<volume type='file'>\n  <name>p</name>\n  <capacity>1</capacity>\n  <target>\n    <format type='raw'/>\n"
    "    <encryption format='luks'>\n      <secret value='SECRET'>SECRET</secret>\n    </encryption>\n"
    "  </target>\n</volume>\n",
    "snapshot": "<domainsnapshot>\n  <name>p</name>\n  <disks>\n    <disk name='vda' type='network'>\n"
    f"      <source protocol='https' name='x'>\n        <host name='h'/>\n        {_COOKIES}\n      </source>\n"
    "    </disk>\n"
    "  </disks>\n</domainsnapshot>\n",
    "part": "<graphics type='vnc' port='5900' passwd='SECRET'/>\n",
}  # fmt: skip
"""Documents with a secret, by where it stands."""
STRAYS: tuple[str, ...] = (
    "<zz/>",
    "<zz>",
    "</zz>",
    " z='1'",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&",
    "&amp;",
    "\n",
    " ",
    "\x01",
    "\u201c",
)
STRAYS += ("'", '"', "<", ">", "=", "/", "</", "/>", "\n<zz/>\n")
"""What may stand where it does not belong."""


def places(text: str) -> list[int]:
    """Return where something may go wrong: around each secret, its quotes, its tag and what closes it."""
    found: set[int] = set()
    for match in re.finditer(SECRET, text):
        start, end = match.span()
        found |= {start, end, start - 1, end + 1, text.rindex("<", 0, start), text.index(">", end)}
    return sorted(found)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_that_stands_beside_a_secret_lets_it_show(kind: str) -> None:
    text = DOCUMENTS[kind].replace("SECRET", SECRET)
    broken = [text] + [f"{text[:place]}{stray}{text[place:]}" for place in places(text) for stray in STRAYS]
    assert [one for one in broken if SECRET in everything_said(one)] == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_sign_that_is_missing_lets_a_secret_show(kind: str) -> None:
    text = DOCUMENTS[kind].replace("SECRET", SECRET)
    signs = [match.start() for match in re.finditer(r"[<>='\"/]", text) if match.start()]
    assert [one for one in (text[:sign] + text[sign + 1 :] for sign in signs) if SECRET in everything_said(one)] == []


@given(st.sampled_from(sorted(DOCUMENTS)), st.sampled_from(STRAYS), st.integers(0, 30))
def test_no_other_mistake_far_away_lets_a_secret_show(kind: str, stray: str, line: int) -> None:
    lines = DOCUMENTS[kind].replace("SECRET", SECRET).split("\n")
    place = line % len(lines)
    text = "\n".join([*lines[:place], stray + lines[place], *lines[place + 1 :]])
    assert SECRET not in everything_said(text)
