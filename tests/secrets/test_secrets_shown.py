"""No secret of a document is in what is said of it: no report, message or `repr`."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import virtxml
from virtxml.codec.reading.document import parse_text
from virtxml.diagnostics.report import FORMATS, make_report
from virtxml.errors import ParseError
from virtxml.source.decoding import decode
from virtxml.validation import validate

PLACES = {
    "password": "<graphics type='vnc' passwd='%s'/>",
    "password misspelled": "<graphics type='vnc' paswd='%s'/>",
    "password of a wrong type": "<graphics typ='vnc' passwd='%s'/>",
    "passphrase": "<graphics type='vnc' passphrase='%s'/>",
    "another program's password": "<graphics type='vnc' vncpasswd='%s'/>",
    "cookie": "<disk type='network'><source><cookies><cookie name='a'>%s</cookie></cookies></source></disk>",
    "cookie in pieces": "<disk><source><cookies><cookie name='a'>%s<x/></cookie>\n</cookies></source></disk>",
    "text among cookies": "<disk><source><cookies>%s</cookies></source></disk>",
    "query": "<disk type='network'><source protocol='https' query='%s' nme='x'/></disk>",
    "user of an address": "<disk type='file'><source file='https://me:%s@host/x' nme='x'/></disk>",
    "text of graphics": "<graphics type='vnc'>%s</graphics>",
    "text of a secret": "<disk><auth username='me'><secret type='ceph'>%s</secret></auth></disk>",
    "reference to a secret": "<disk><auth username='me'><secret type='ceph' uuid='x' secret='%s'/></auth></disk>",
    "element": "<graphics type='vnc'><password>%s</password></graphics>",
    "element with a prefix": "<graphics type='vnc'><x:password xmlns:x='u'>%s</x:password></graphics>",
    "stray text": "password: %s",
    "commented out": "<!-- <graphics passwd='%s'/> --><x/>",
    "argument": "<x/></devices><qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
    "<qemu:arg value='secret,id=a,data=%s' x='1'/></qemu:commandline><devices>",
    "environment": "<x/></devices><qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
    "<qemu:env name='DB_PASSWORD' value='%s' x='1'/></qemu:commandline><devices>",
    "firmware": "<x/></devices><sysinfo type='fwcfg'><entry name='opt/a' x='1'>%s</entry></sysinfo><devices>",
}
"""Where secrets stand, or are put by mistake, in a domain's devices or beside them."""
BROKEN = {
    "entity": lambda text, secret: text.replace(secret, f"a&{secret};b"),
    "ampersand": lambda text, secret: text.replace(secret, f"{secret}&{secret}"),
    "less than": lambda text, secret: text.replace(secret, f"{secret}<{secret}"),
    "no quotes": lambda text, secret: text.replace(f"'{secret}'", secret),
    "no quotes, a space": lambda text, secret: text.replace(f"'{secret}'", f"{secret} {secret}"),
    "no quotes, a line": lambda text, secret: text.replace(f"'{secret}'", f"{secret}\n{secret}"),
    "no closing quote": lambda text, secret: text.replace(f"{secret}'", secret),
    "no opening quote": lambda text, secret: text.replace(f"'{secret}", secret),
    "a quote within": lambda text, secret: text.replace(secret, f"{secret}'{secret}"),
    "other quotes": lambda text, secret: text.replace(f"'{secret}'", f"\u201c{secret}\u201d"),
    "control character": lambda text, secret: text.replace(secret, f"{secret}\x01{secret}"),
    "elsewhere": lambda text, secret: text.replace("<name>", "<nam>"),
    "not at all": lambda text, secret: text,
}
"""What can go wrong with the text of it."""
SECRETS = st.text("abcdefghijkmnopqrstuvwxyz0123456789", min_size=8, max_size=12).map(lambda text: f"Q7{text}")


def everything_said(source: str) -> str:
    """Return all that is said of a document, in every form."""
    found = validate(source)
    said = io.StringIO()
    said.write(repr(found))
    for form in FORMATS:
        report = make_report(form)
        said.write(report.file("vm.xml", decode(source), found) + report.end())
    try:
        said.write(repr(virtxml.parse(source)))
    except ParseError as error:
        said.write(f"{error} {error!r}")
    return said.getvalue()


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=1, derandomize=True, deadline=None)
@given(secret=SECRETS)
def test_a_secret_is_in_nothing_that_is_said(place: str, broken: str, secret: str) -> None:
    devices = PLACES[place] % secret
    source = f"<domain type='kvm'>\n  <name>a</name>\n  <devices>\n    {devices}\n    <zz/>\n  </devices>\n</domain>\n"
    source = BROKEN[broken](source, secret)
    said = everything_said(source)
    assert "vm.xml" in said
    assert secret not in said, source


def test_long_names_are_shown_in_part() -> None:
    name = "n" * 50_000
    for source in (
        f"<domain>\n<{name}></domain>",
        f"<domain {name}/>",
        f"<domain><{name}></y></domain>",
        f"<{name}:a/>",
    ):
        with pytest.raises(ParseError) as caught:
            parse_text(source)
        assert len(str(caught.value)) < 400
