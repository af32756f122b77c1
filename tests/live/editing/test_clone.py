"""What `virtxml clone` makes on libvirt's test driver, and what virt-clone makes of the same guests."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from virtxml import Domain, driver
from virtxml.cli import BAD_INPUT, GOOD, main
from virtxml.editing import Copy, clone
from virtxml.guests.cloning.copying import copy_images, put_in_place
from virtxml.guests.errors import GuestError
from virtxml.schema.storagevol import StorageVolume

WEB = """<domain type='test'>
  <name>web</name>
  <memory>65536</memory>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <source file='/default-pool/web.img'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='user'>
      <mac address='52:54:00:11:22:33'/>
      <target dev='vnet0'/>
    </interface>
    <graphics type='vnc' port='5901' autoport='no'/>
  </devices>
</domain>
"""
COPY = Copy("disk", "vda", "/default-pool/web.img", "/default-pool/web-clone.img")


@pytest.fixture
def pool(host: driver.Connection) -> Any:
    """Return the volumes of the pool of a host on which there is an image."""
    volumes = host.pools.lookup("default-pool").volumes
    volumes.create(StorageVolume.from_xml("<volume><name>web.img</name><capacity unit='MiB'>5</capacity></volume>"))
    return volumes


def test_images_are_copied_as_volumes(host: driver.Connection, pool: Any) -> None:
    copy_images(host, [COPY], told=lambda *_: None)
    made = pool.lookup("web-clone.img")
    assert made.path == COPY.target
    assert made.document().capacity.bytes == 5 << 20
    assert made.allocated == 0


def test_all_images_are_copied_or_none(host: driver.Connection, pool: Any) -> None:
    missing = Copy("disk", "vdb", "/default-pool/none.img", "/default-pool/none-clone.img")
    with pytest.raises(GuestError, match="no such image"):
        copy_images(host, [COPY, missing])
    assert [volume.name for volume in pool.list_all()] == ["web.img"]
    assert [each.name for each in host.pools.list_all()] == ["default-pool"]


def test_a_directory_that_is_no_pool_is_one_for_a_while(host: driver.Connection, pool: Any) -> None:
    with pytest.raises(GuestError, match="no such image"):
        copy_images(host, [Copy("disk", "vda", "/elsewhere/a.img", "/elsewhere/b.img")])
    assert [each.name for each in host.pools.list_all()] == ["default-pool"]


def test_a_guest_takes_the_place_of_another_or_that_stays(host: driver.Connection) -> None:
    old = host.domains.define(Domain.from_xml(WEB))
    wrong = Domain.from_xml(WEB.replace("<os><type>hvm</type></os>", "<os><type>nothing</type></os>"))
    with pytest.raises(driver.LibvirtError, match="nothing"):
        put_in_place(host, wrong, old)
    assert host.domains.lookup("web").document().os is not None
    put_in_place(host, Domain.from_xml(WEB.replace("65536", "131072")), host.domains.lookup("web"))
    memory = host.domains.lookup("web").document().memory
    assert memory is not None
    assert memory.value == 131072


def test_the_command_copies_and_defines(host: driver.Connection, pool: Any, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "web.xml"
    path.write_text(WEB)
    arguments = ["clone", str(path), "--auto-clone", "--connect", "test:///default"]
    assert main([*arguments, "--print-xml"]) == GOOD
    assert [volume.name for volume in pool.list_all()] == ["web.img"]
    assert main(arguments) == GOOD
    assert capsys.readouterr().err.splitlines()[-2:] == [
        f"# copied: vda: {COPY.source} -> {COPY.target}",
        "virtxml clone: defined web-clone",
    ]
    assert sorted(volume.name for volume in pool.list_all()) == ["web-clone.img", "web.img"]
    assert host.domains.lookup("web-clone").document().title is None
    assert main([*arguments, "--name", "test"]) == BAD_INPUT
    assert main([*arguments, "--name", "test", "--replace", "--skip-copy", "vda"]) == BAD_INPUT
    assert "is running" in capsys.readouterr().err


def canonical(domain: Domain, host: driver.Connection) -> str:
    """Return what libvirt has after defining a guest, without what is chosen at random."""
    handle = host.domains.define(domain)
    found = handle.document(inactive=True, secure=True).to_xml()
    handle.undefine()
    found = re.sub(r"(?<=<mac address=')[^']*", "MAC", found)
    return found.replace(str(domain.uuid), "UUID")


FULL = """<domain type='test'>
  <name>full-clone</name>
  <uuid>8d0f5a8e-5a9b-4f0c-9c6c-0a4a1c1d2e3f</uuid>
  <genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>
  <title>A title</title>
  <description>A description</description>
  <metadata><owner xmlns='urn:owner'>me</owner></metadata>
  <memory>65536</memory>
  <os>
    <type arch='x86_64'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <nvram>/var/lib/libvirt/qemu/nvram/full_VARS.fd</nvram>
  </os>
  <devices>
    <disk type='block' device='disk'><source dev='/dev/vg/data'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><target dev='hda' bus='ide'/></disk>
    <interface type='network'>
      <mac address='52:54:00:11:22:33'/><source network='default'/><target dev='tap0'/>
    </interface>
    <interface type='bridge'><mac address='52:54:00:11:22:34'/><source bridge='br0'/></interface>
    <serial type='file'><source path='/var/log/full.log'/></serial>
    <serial type='tcp'><source mode='bind' host='localhost' service='4555'/><protocol type='raw'/></serial>
    <channel type='unix'>
      <source mode='bind' path='/run/full/org.qemu.guest_agent.0'/><target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <graphics type='spice' port='5903' tlsPort='5904' autoport='no' listen='127.0.0.1'/>
    <video><model type='qxl'/></video>
  </devices>
</domain>
"""


@pytest.mark.skipif(shutil.which("virt-clone") is None, reason="needs virt-clone")
@pytest.mark.parametrize("source", [WEB.replace("<name>web", "<name>oracle"), FULL], ids=["small", "full"])
def test_libvirt_has_what_virt_clone_would_have_made(source: str, host: driver.Connection, tmp_path: Path) -> None:
    guest = Domain.from_xml(source)
    path = tmp_path / "guest.xml"
    path.write_text(source)
    command = ["virt-clone", "--connect", "test:///default", "--original-xml", str(path), "--auto-clone", "--print-xml"]
    # It looks for images on this machine.
    theirs = subprocess.run([*command, "--skip-copy=vda"], capture_output=True, text=True, check=True).stdout
    clone(guest, skip=["vda"])
    assert canonical(guest, host) == canonical(Domain.from_xml(theirs), host)
