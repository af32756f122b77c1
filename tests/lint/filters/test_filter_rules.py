"""What libvirt takes of network filters and what it refuses, where the examples of the rules do not show it."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.lint import Host, Linter


def _codes(inside: str, attributes: str = "") -> list[str]:
    rule = f"<rule action='accept' direction='in'>{inside}</rule>" if not inside.startswith("<filterref") else inside
    document = f"<filter name='f'{attributes}>{rule}</filter>"
    return [one.code for one in Linter(Host(libvirt="9.0.0")).run(virtxml.parse(document))]


@pytest.mark.parametrize(
    "inside",
    [
        "<ip protocol='6' srcportstart='22'/>",
        "<ip protocol='33' srcportstart='22'/>",
        "<ip protocol='0x6' srcportstart='22'/>",
        "<ipv6 protocol='sctp' dstportstart='22' dstportend='22'/>",
        "<tcp dstportstart='$PORT' dstportend='22'/>",
        "<tcp srcipaddr='10.0.0.0' srcipmask='8'/>",
        "<tcp srcipaddr='$IP' srcipmask='$MASK'/>",
        "<tcp-ipv6 srcipaddr='fd00::' srcipmask='ffff::'/>",
        "<icmp code='1'/>",
        "<tcp srcipaddr='010.0.0.1'/>",
        "<tcp srcipaddr='$IP[ @1 ]' comment='$ is not a variable here'/>",
        "<mac srcmacaddr='52:54:00:00:00:01' srcmacmask='ff:ff:ff:00:00:00'/>",
        "<ipv6 protocol='icmpv6' typeend='3'/>",
        "<filterref filter='clean-traffic'/>",
    ],
)
def test_nothing_is_found_that_libvirt_takes(inside: str) -> None:
    assert _codes(inside) == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<ip protocol='icmp' dstportstart='22'/>", "VX843"),
        ("<ip protocol='$P' srcportstart='22'/>", "VX843"),
        ("<ipv6 dstportstart='$PORT'/>", "VX843"),
        ("<ip protocol='tcp' dstportstart='23' dstportend='22'/>", "VX848"),
        ("<udp-ipv6 srcipaddr='fd00::' srcipmask='ffff:0:ffff::'/>", "VX847"),
        ("<mac srcmacaddr='52:54:00:00:00:01' srcmacmask='ff:00:ff:00:00:00'/>", "VX847"),
        ("<tcp srcipaddr='10.8.0.1' srcipmask='255.255.256.0'/>", "VX847"),
        ("<arp arpsrcipaddr='10.8.0.299'/>", "VX981"),
        ("<tcp srcipaddr='10.08.0.1'/>", "VX981"),
        ("<tcp dstportstart='$ PORT'/>", "VX981"),
        ("<all srcipto='10.0.0.9'/>", "VX850"),
        ("<mac srcmacmask='ff:ff:ff:00:00:00'/>", "VX850"),
        ("<filterref filter='f'/>", "VX845"),
    ],
)
def test_all_is_found_that_libvirt_refuses_or_leaves_out(inside: str, code: str) -> None:
    assert _codes(inside) == [code]


def test_frames_are_matched_in_their_chains() -> None:
    assert _codes("<arp opcode='Request'/>", " chain='arp'") == []
    assert _codes("<ip protocol='tcp' dstportstart='80'/>", " chain='ipv4-web'") == []
    assert _codes("<tcp-ipv6 dstportstart='80'/>", " chain='ipv6'") == ["VX844"]
