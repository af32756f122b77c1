"""What is shown of documents that are no guests."""

from __future__ import annotations

import pytest

from virtxml import parse
from virtxml.catalogue import DOCUMENTS
from virtxml.show import screen_of
from virtxml.show.rendering.text import text_of


def shown(source: str, width: int = 200) -> str:
    """Return what is shown of a document, on a wide screen."""
    return text_of(screen_of(parse(source)), width)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<network><name>a</name></network>", "network a (isolated)"),
        ("<network><forward/></network>", "network (nat)"),
        ("<network><ip address='10.0.0.1' prefix='8'/></network>", "10.0.0.1/8"),
        (
            "<network><ip address='10.0.0.1'><dhcp><range start='10.0.0.2' end='10.0.0.9'/></dhcp></ip></network>",
            "10.0.0.2 - 10.0.0.9",
        ),
        (
            "<network><ip><dhcp><host mac='52:54:00:00:00:01' ip='10.0.0.7'/></dhcp></ip></network>",
            "10.0.0.7  52:54:00",
        ),
        ("<pool type='dir'><name>p</name><target><path>/p</path></target></pool>", "at             /p"),
        (
            "<volume><capacity unit='GiB'>10</capacity><allocation unit='GiB'>5</allocation></volume>",
            "10 GiB, 5 GiB taken (50 %)",
        ),
        ("<domainsnapshot><creationTime>1700000000</creationTime></domainsnapshot>", "2023-11-14 22:13:20 UTC"),
        ("<domainsnapshot><creationTime>soon</creationTime></domainsnapshot>", "made           soon"),
        (
            "<device><name>d</name><capability type='pci'><domain>0</domain><bus>2</bus><slot>16</slot>"
            "<function>7</function></capability></device>",
            "0000:02:10.7",
        ),
        (
            "<filter name='f'>"
            "<rule action='drop' direction='in' priority='500'><tcp dstportstart='22'/></rule></filter>",
            "drop    in         500       tcp      dstportstart=22",
        ),
        (
            "<interface type='bridge' name='br0'><bridge><interface type='ethernet' name='eth0'/></bridge></interface>",
            "eth0",
        ),
        (
            "<capabilities><host><topology><cells><cell id='0'><memory unit='GiB'>4</memory><cpus>"
            "<cpu id='0'/><cpu id='1'/><cpu id='4'/></cpus></cell></cells></topology></host></capabilities>",
            "0     0-1,4  4 GiB",
        ),
        (
            "<capabilities><guest><os_type>hvm</os_type><arch name='x86_64'><machine>q35</machine>"
            "<machine canonical='q35'>new</machine><domain type='kvm'/></arch></guest></capabilities>",
            "hvm     x86_64        kvm  1 machine",
        ),
        (
            "<domainCapabilities><cpu><mode name='custom' supported='yes'><model usable='yes'>one</model>"
            "<model usable='no'>other</model></mode></cpu></domainCapabilities>",
            "custom         supported, one\n  not usable     other",
        ),
        (
            "<cpu mode='custom'><model>one</model><feature policy='disable' name='a'/><feature name='b'/></cpu>",
            "custom one\n  CPU features   disable: a, require: b",
        ),
        ("<graphics type='vnc' port='5900'/>", "port           5900"),
    ],
)
def test_what_matters_is_told(source: str, said: str) -> None:
    assert said in shown(source)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_empty_document_of_every_kind_is_shown(name: str) -> None:
    module, _ = DOCUMENTS[name]
    cls = getattr(__import__(f"virtxml.schema.{module}", fromlist=[name]), name)
    assert text_of(screen_of(cls()), 80).strip()


def test_what_no_class_knows_is_named() -> None:
    assert "unknown        vendor, <extra>" in shown("<secret vendor='x'><extra/></secret>")
