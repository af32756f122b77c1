"""Guests of QEMU are cloned with their images, as files are on a host, and start beside their originals."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.qemu.daemon import Daemon
from virtxml import Domain, driver
from virtxml.cli import BAD_INPUT, GOOD, main


@pytest.fixture
def guest(qemu: driver.Connection, tmp_path: Path) -> Iterator[Domain]:
    """Define a guest with two images, one of which is based on another one."""
    for name, size in (("base", "8M"), ("web", "8M"), ("data", "4M")):
        based = ["-b", str(tmp_path / "base.qcow2"), "-F", "qcow2"] if name == "web" else []
        command = ["qemu-img", "create", "-q", "-f", "qcow2", *based, str(tmp_path / f"{name}.qcow2"), size]
        subprocess.run(command, check=True)
    write = ["qemu-io", "-c", "write -P 7 0 64k", str(tmp_path / "base.qcow2")]
    subprocess.run(write, check=True, capture_output=True)
    (tmp_path / "raw.img").write_bytes(b"raw" * 1000)
    model = Domain.from_xml(f"""
      <domain type='qemu'>
        <name>web</name>
        <memory unit='MiB'>32</memory>
        <os><type arch='x86_64'>hvm</type></os>
        <devices>
          <disk type='file'><driver name='qemu' type='qcow2'/>
            <source file='{tmp_path}/web.qcow2'/><target dev='vda' bus='virtio'/></disk>
          <disk type='file'><driver name='qemu' type='raw'/>
            <source file='{tmp_path}/raw.img'/><target dev='vdb' bus='virtio'/></disk>
          <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
          <interface type='user'><model type='virtio'/></interface>
          <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
        </devices>
      </domain>""")
    qemu.domains.define(model)
    yield model
    for name in ("web", "web-clone", "guest1", "guest2"):
        for each in [each for each in qemu.domains.list_all() if each.name == name]:
            if each.active:
                each.destroy()
            each.undefine()


def same(one: Path, other: Path) -> bool:
    """Tell whether guests read the same from two images."""
    return subprocess.run(["qemu-img", "compare", "-q", one, other], check=False).returncode == 0


def test_a_clone_has_the_data_of_its_original_and_runs_beside_it(
    guest: Domain, qemu: driver.Connection, own_daemon: Daemon, tmp_path: Path, capsys: Any
) -> None:
    pools = [pool.name for pool in qemu.pools.list_all()]
    assert main(["clone", "--original", "web", "--auto-clone", "--connect", own_daemon.uri]) == GOOD, (
        capsys.readouterr()
    )
    assert same(tmp_path / "web.qcow2", tmp_path / "web-clone.qcow2")
    assert (tmp_path / "raw-clone.img").read_bytes()[:3000] == b"raw" * 1000
    assert [pool.name for pool in qemu.pools.list_all()] == pools
    for name in ("web", "web-clone"):
        qemu.domains.lookup(name).start()
    assert main(["clone", "--original", "web", "--auto-clone", "--connect", own_daemon.uri]) == BAD_INPUT
    assert "is running" in capsys.readouterr().err


def test_what_is_copied_of_a_clone_that_cannot_be_is_gone(
    guest: Domain, qemu: driver.Connection, own_daemon: Daemon, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "raw.img").unlink()
    before = sorted(tmp_path.iterdir())
    assert main(["clone", "--original", "web", "--auto-clone", "--connect", own_daemon.uri]) == BAD_INPUT
    assert "raw.img" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before
    assert [each.name for each in qemu.domains.list_all()] == ["web"]


@pytest.mark.skipif(shutil.which("virt-clone") is None, reason="needs virt-clone")
def test_libvirt_has_what_it_has_after_virt_clone(
    guest: Domain, qemu: driver.Connection, own_daemon: Daemon, tmp_path: Path
) -> None:
    options = ["--connect", own_daemon.uri, "--original", "web", "--auto-clone"]
    subprocess.run(["virt-clone", *options, "--name", "guest1"], check=True, capture_output=True)
    path = tmp_path / "web.xml"
    path.write_text(qemu.domains.lookup("web").document(inactive=True, secure=True).to_xml())
    (tmp_path / "raw-clone.img").unlink()
    for pool in qemu.pools.list_all():
        # virt-clone leaves one for the directory of the images.
        if pool.document().target is not None and pool.active:
            pool.refresh()
    assert main(["clone", str(path), *options[:2], "--auto-clone", "--name", "guest2"]) == GOOD
    texts = []
    for name in ("guest1", "guest2"):
        document = qemu.domains.lookup(name).document(inactive=True, secure=True)
        text = re.sub(r"(?<=<mac address=')[^']*", "MAC", document.to_xml())
        texts.append(text.replace(name, "GUEST").replace(str(document.uuid), "UUID"))
    assert texts[0] == texts[1]
    assert same(tmp_path / "guest1.qcow2", tmp_path / "guest2.qcow2")
