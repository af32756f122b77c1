"""What libvirt writes in words of its own, or not at all, is what was wanted; anything else in its place is not."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.compare.satisfying import Answer, satisfies

FORMS = {
    "rule": "<filter name='f'><rule action='drop' direction='in'{}",
    "domain": "<domain type='kvm'><name>a</name><memory>1024</memory>{}</domain>",
    "device": "<domain type='kvm'><name>a</name><memory>1024</memory><devices>{}</devices></domain>",
    "pool": "<pool type='dir'><name>p</name>{}</pool>",
    "volume": "<volume><name>v</name><capacity>8</capacity>{}</volume>",
    "interface": "<interface type='ethernet' name='eth0'>{}</interface>",
    "secret": "<secret ephemeral='no' private='no'>{}</secret>",
}


def ask(kind: str, actual: str, wanted: str) -> Answer:
    """Ask about two documents that differ in one place."""
    one, other = (
        FORMS[kind].format(f"{text}</rule></filter>" if kind == "rule" else text) for text in (actual, wanted)
    )
    return satisfies(virtxml.parse(one), virtxml.parse(other))


WORDS = [
    ("rule", "><ip protocol='udp'/>", "><ip protocol='17'/>", "><ip protocol='tcp'/>"),
    ("rule", "><ipv6 dstipmask='65'/>", "><ipv6 dstipmask='ffff:ffff:ffff:ffff:8000::'/>", "><ipv6 dstipmask='64'/>"),
    ("rule", "><ip dstipmask='24'/>", "><ip dstipmask='255.255.255.0'/>", "><ip dstipmask='255.255.0.0'/>"),
    ("rule", "><arp opcode='Request'/>", "><arp opcode='1'/>", "><arp opcode='Reply'/>"),
    ("rule", "><arp gratuitous='true'/>", "><arp gratuitous='1'/>", "><arp gratuitous='false'/>"),
    ("rule", "><mac protocolid='ipv4'/>", "><mac protocolid='0x800'/>", "><mac protocolid='0x801'/>"),
    ("rule", "><all ipsetflags='src,dst'/>", "><all ipsetflags='SRC,dSt'/>", "><all ipsetflags='dst,src'/>"),
    ("rule", "><tcp flags='SYN,ACK/SYN'/>", "><tcp flags='ack,syn/syn'/>", "><tcp flags='SYN,ACK/ACK'/>"),
    ("rule", "><tcp state='NEW,ESTABLISHED'/>", "><tcp state='ESTABLISHED,NEW'/>", "><tcp state='NEW'/>"),
    ("rule", "><tcp/>", "><tcp match='yes'/>", "><tcp match='no'/>"),
    ("rule", "><all-ipv6 srcipto='::381'/>", "><all-ipv6 srcipto='0::0381'/>", "><all-ipv6 srcipto='::382'/>"),
    ("rule", "><all comment='$A[1]'/>", "><all comment='$A[ 01 ]'/>", "><all comment='$A[2]'/>"),
    ("rule", " statematch='false'>", " statematch='0'>", " statematch='true'>"),
    ("rule", ">", " statematch='true'>", " statematch='false'>"),
    ("domain", "", "<description></description>", "<description>x</description>"),
    (
        "domain",
        "<clock offset='variable' adjustment='3600' basis='localtime'/>",
        "<clock offset='localtime' adjustment='3600'/>",
        "<clock offset='utc' adjustment='3600'/>",
    ),
    (
        "domain",
        "<genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>",
        "<genid>43DC0CF8-809B-4ADB-9BEA-A9ABB5F3D90E</genid>",
        "<genid>43DC0CF8-809B-4ADB-9BEA-A9ABB5F3D90F</genid>",
    ),
    (
        "domain",
        "<launchSecurity type='sev'><policy>0x001f</policy></launchSecurity>",
        "<launchSecurity type='sev'><policy>1f</policy></launchSecurity>",
        "<launchSecurity type='sev'><policy>0f</policy></launchSecurity>",
    ),
    (
        "domain",
        "<iothreads>2</iothreads><iothreadids><iothread id='2'/><iothread id='5'/></iothreadids>",
        "<iothreadids><iothread id='2'/><iothread id='5'/></iothreadids>",
        "<iothreadids><iothread id='2'/><iothread id='6'/></iothreadids>",
    ),
    (
        "device",
        "<video><model type='vga'/></video>",
        "<video><driver vgaconf='io'/><model type='vga'/></video>",
        "<video><driver vgaconf='on'/><model type='vga'/></video>",
    ),
    (
        "device",
        "<console type='pty'><target type='serial' port='0'/></console>",
        "<console type='pty'><source path='/dev/pts/3'/><target type='serial' port='0'/></console>",
        "<console type='file'><source path='/dev/pts/3'/><target type='serial' port='0'/></console>",
    ),
    (
        "device",
        "<channel type='unix'><target type='virtio' name='a'/></channel>",
        "<channel type='unix'><source mode='connect'/><target type='virtio' name='a'/></channel>",
        "<channel type='unix'><source mode='connect' path='/a'/><target type='virtio' name='a'/></channel>",
    ),
    (
        "pool",
        "<source><dir path='/srv/a'/></source><target><path>/srv/b</path></target>",
        "<source><dir path='/srv//a/'/></source><target><path>/srv/b/</path></target>",
        "<source><dir path='/srv/a/c'/></source><target><path>/srv/b</path></target>",
    ),
    (
        "pool",
        "<target><path>/a</path></target>",
        "<target><path>/a</path><permissions><owner>-1</owner><label></label></permissions></target>",
        "<target><path>/a</path><permissions><owner>0</owner></permissions></target>",
    ),
    (
        "volume",
        "<target><permissions><mode>0600</mode><owner>0</owner></permissions></target>",
        "<target><permissions><mode>0600</mode><owner>4294967295</owner></permissions></target>",
        "<target><permissions><mode>0600</mode><owner>1</owner></permissions></target>",
    ),
    ("interface", "", "<mtu size='0'/><link speed='0'/>", "<mtu size='1500'/>"),
    ("secret", "", "<description/>", "<description>x</description>"),
]


@pytest.mark.parametrize(("kind", "actual", "wanted", "other"), WORDS)
def test_other_words_for_the_same_are_no_difference(kind: str, actual: str, wanted: str, other: str) -> None:
    answer = ask(kind, actual, wanted)
    assert answer, str(answer)
    assert not ask(kind, actual, other)
