"""What libvirt takes of snapshots, checkpoints and backups, where the examples of the rules do not show it."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.lint import Host, Linter

DUMP = "<creationTime>1700000000</creationTime>"
FILE = "<source file='/srv/new.qcow2'/>"


def _codes(document: str) -> list[str]:
    return [one.code for one in Linter(Host(libvirt="9.0.0")).run(virtxml.parse(document))]


def _snapshot(inside: str) -> str:
    return f"<domainsnapshot><name>s</name>{inside}</domainsnapshot>"


def _disks(*disks: str) -> str:
    return f"<disks>{''.join(disks)}</disks>"


GUEST = """
<domain type='kvm'>
  <name>guest</name>
  <devices>
    <disk type='file'><source file='/srv/a.qcow2'/><target dev='vda'/></disk>
  </devices>
</domain>
"""


@pytest.mark.parametrize(
    "document",
    [
        _snapshot("<memory snapshot='internal'/>"),
        _snapshot(f"<state>running</state>{DUMP}<memory snapshot='internal'/>"),
        _snapshot(f"<state>shutoff</state>{DUMP}<memory snapshot='no'/>"),
        _snapshot("<memory file='/srv/m'/>" + _disks(f"<disk name='vda'>{FILE}</disk>")),
        _snapshot("<memory snapshot='internal'/>" + _disks("<disk name='vda' snapshot='no'/>")),
        _snapshot("<memory snapshot='external' file='/srv/m'/>" + _disks("<disk name='vda' snapshot='manual'/>")),
        _snapshot(_disks("<disk name='vda'><driver type='qed'/></disk>")),
        _snapshot(_disks("<disk name='/srv/a.qcow2' snapshot='no'/>") + GUEST),
        "<domaincheckpoint><name>c</name><disks><disk name='vda' bitmap='c'/></disks></domaincheckpoint>",
        f"<domaincheckpoint><name>c</name>{DUMP}<disks><disk name='vda' bitmap='b'/></disks></domaincheckpoint>",
        "<domainbackup/>",
        "<domainbackup mode='pull'><server transport='unix' socket='/run/s'/></domainbackup>",
        "<domainbackup><disks><disk name='vda' backup='no'/><disk name='vdb'/></disks></domainbackup>",
    ],
)
def test_nothing_is_found_that_libvirt_takes(document: str) -> None:
    assert _codes(document) == []


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (_snapshot(f"<state>disk-snapshot</state>{DUMP}<memory snapshot='external' file='/srv/m'/>"), "VX851"),
        (_snapshot(_disks("<disk name='vdz' snapshot='no'/>") + GUEST), "VX852"),
        (_snapshot("<memory snapshot='internal'/>" + _disks(f"<disk name='vda'>{FILE}</disk>")), "VX853"),
        (
            _snapshot(_disks("<disk name='vda' snapshot='internal'/>", f"<disk name='vdb'>{FILE}</disk>")),
            "VX853",
        ),
        (_snapshot(_disks("<disk name='vda'><driver type='qcow'/></disk>")), "VX859"),
        ("<domainsnapshot><name>.s</name></domainsnapshot>", "VX858"),
        ("<domaincheckpoint><name>c</name><disks><disk name='vda' bitmap='b'/></disks></domaincheckpoint>", "VX856"),
        ("<domainbackup><disks><disk name='vda' backup='no'/></disks></domainbackup>", "VX854"),
        ("<domainbackup mode='pull'><server name='localhost' port='0'/></domainbackup>", "VX854"),
        ("<domainbackup mode='pull'><server name='localhost' port='70000'/></domainbackup>", "VX854"),
    ],
)
def test_all_is_refused_that_libvirt_refuses(document: str, code: str) -> None:
    assert _codes(document) == [code]
