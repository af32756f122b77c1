"""What libvirt takes of pools and volumes and what it refuses, where the examples of the rules do not show it.

The verdicts about volumes are those of libvirt 9.0.0, for a pool of the type `dir`.
"""

from __future__ import annotations

import pytest

import virtxml
from virtxml.lint import Host, Linter

SECRET = "<secret type='passphrase' uuid='e78d4b51-a2af-485f-b0f5-afca709a80f4'/>"
QCOW2 = "<format type='qcow2'/>"


def _codes(document: str) -> list[str]:
    return [one.code for one in Linter(Host(libvirt="9.0.0")).run(virtxml.parse(document))]


def _volume(target: str, *, name: str = "guest.img", more: str = "") -> str:
    capacity = "<capacity unit='MiB'>4</capacity>"
    return f"<volume><name>{name}</name>{capacity}<target>{target}</target>{more}</volume>"


def _pool(kind: str, source: str) -> str:
    return f"<pool type='{kind}'><name>p</name><source>{source}</source><target><path>/srv/p</path></target></pool>"


@pytest.mark.parametrize(
    "document",
    [
        _volume("<format type='raw'/><compat>1.1</compat><features><lazy_refcounts/></features>"),
        _volume("<features><lazy_refcounts/></features>"),
        _volume(f"{QCOW2}<features><lazy_refcounts/></features>"),
        _volume("<format type='raw'/><clusterSize unit='MiB'>4</clusterSize>"),
        _volume(f"{QCOW2}<clusterSize unit='KiB'>0</clusterSize>"),
        _volume(f"<encryption format='luks' engine='librbd'>{SECRET}</encryption>"),
        _volume(f"{QCOW2}<encryption format='luks'>{SECRET}</encryption>"),
        _volume(QCOW2, more="<allocation unit='MiB'>8</allocation>"),
        _volume(QCOW2, more="<backingStore><path>/srv/base</path><format type='raw'/></backingStore>"),
        _volume("<format type='iso'/>"),
        _volume("<format type='raw'/>", name="guest.raw"),
        _pool("netfs", "<host name='h'/><dir path='/x'/><protocol ver='4.2'/>"),
        _pool("rbd", "<host name='a'/><host name='b'/><name>rbd</name>"),
        _pool("scsi", "<adapter type='fc_host' wwnn='20000000c9831b4b' wwpn='10000000c9831b4b'/>"),
        _pool("scsi", "<adapter name='scsi_host1'/>"),
    ],
)
def test_nothing_is_found_that_libvirt_takes(document: str) -> None:
    assert _codes(document) == []


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (_volume("<format type='vmdk'/><compat>1.1</compat>"), "VX964"),
        (_volume(f"{QCOW2}<compat>1.5</compat>"), "VX964"),
        (_volume(f"{QCOW2}<clusterSize unit='KiB'>60</clusterSize>"), "VX965"),
        (_volume(f"{QCOW2}<clusterSize unit='bytes'>256</clusterSize>"), "VX965"),
        (_volume("<format type='dmg'/>"), "VX963"),
        ("<pool type='rbd'><name>p</name><source><host name='a'/><name/></source></pool>", "VX968"),
        (
            _volume(
                QCOW2,
                more="<backingStore><path>/b</path><format type='raw'/>"
                "<permissions><mode>4755</mode></permissions></backingStore>",
            ),
            "VX962",
        ),
        (_volume(QCOW2, more="<backingStore><path>/b</path><format type='auto'/></backingStore>"), "VX963"),
        (_volume(f"<format type='vmdk'/><encryption format='luks'>{SECRET}</encryption>"), "VX967"),
        (_volume(f"<encryption format='luks'>{SECRET}{SECRET}</encryption>"), "VX967"),
        (_volume(f"<encryption format='qcow'>{SECRET}</encryption>"), "VX967"),
        (
            _pool("scsi", "<adapter type='fc_host' parent_wwnn='20000000c9831b4b' wwnn='2' wwpn='1'/>"),
            "VX831",
        ),
        (_pool("iscsi", "<host name='a'/><host name='b'/><device path='iqn.2013-06.com.example:p'/>"), "VX838"),
    ],
)
def test_all_is_refused_that_libvirt_refuses(document: str, code: str) -> None:
    assert _codes(document) == [code]


def test_a_volume_that_libvirt_has_described_is_not_judged_as_a_new_one() -> None:
    described = _volume("<encryption format='qcow'/>", name="guest.qcow2", more="<key>/srv/guest.qcow2</key>")
    assert _codes(described) == []


def test_logical_volumes_begin_as_others() -> None:
    backing = "<backingStore><path>/dev/vg/base</path></backingStore>"
    assert _codes(_volume("<format type='raw'/>", more=backing)) == []


def test_sizes_of_no_unit_are_left_to_the_schema() -> None:
    assert _codes(_volume(f"{QCOW2}<clusterSize unit='miles'>3</clusterSize>")) == []
