"""libvirt has the same of a clone that `virtxml clone` has made as of one that virt-clone has."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from .bench import Bench, check_alike, check_alike_elsewhere, comments
from .documents import GUEST

FIRMWARE = """\
    <loader readonly="yes" type="pflash">{place}/CODE.fd</loader>
    <nvram>{place}/guest_VARS.fd</nvram>
    <boot dev="hd"/>
"""
CLONES = [
    "--auto-clone",
    "--auto-clone --mac 52:54:00:00:01:01 --mac 52:54:00:00:01:02",
    "--name shop --auto-clone",
    "--name shop --auto-clone --uuid 11111111-2222-3333-4444-555555555555",
    "--name shop --file {place}/a.qcow2 --file {place}/b.img",
    "--name shop --auto-clone --nvram {place}/other.fd",
    "--name shop --auto-clone --skip-copy vdb",
    "--name shop --auto-clone --force-copy sda",
    "--name shop --file {place}/there1.img --file {place}/there2.img --preserve-data --nvram {place}/there.fd",
]


def guest(place: Path) -> str:
    """Make the images of the guest, and some that are no guest's; return its document, with firmware."""
    for name in ("data.img", "medium.iso", "CODE.fd", "guest_VARS.fd", "there1.img", "there2.img", "there.fd"):
        # virt-clone makes no copies of odd sizes.
        (place / name).write_bytes((name.encode() * 65536)[:65536])
    command = ["qemu-img", "convert", "-f", "raw", "-O", "qcow2", place / "data.img", place / "guest.qcow2"]
    subprocess.run(command, check=True)
    return GUEST.replace('    <boot dev="hd"/>\n', FIRMWARE).replace("{place}", str(place))


@pytest.mark.usefixtures("virt_clone")
@pytest.mark.parametrize("how", CLONES)
def test_a_clone_is_what_virt_clone_makes(how: str, bench: Bench) -> None:
    arguments = shlex.split(how.replace("{place}", str(bench.place)))
    written = guest(bench.place)
    before = bench.defined(written)
    there = set(bench.place.iterdir()) | {bench.file}

    bench.theirs("virt-clone", "--original", "guest", *arguments)
    theirs, their_copies = clone_of(bench), copies(bench, there)
    take_back(bench, there)

    bench.defined(written)
    bench.file.write_text(before)
    bench.ours_asking("clone", str(bench.file), *arguments, "--quiet")
    check_alike(theirs, clone_of(bench), before + how)
    assert copies(bench, there) == their_copies
    take_back(bench, there)

    bench.defined(written)
    bench.file.write_text(written)
    printed = bench.ours_asking("clone", str(bench.file), *arguments, "--print-xml", "--quiet")
    assert comments(printed) == comments(written)
    bench.defined_anew(printed)
    check_alike_elsewhere(theirs, clone_of(bench), before + how)
    assert copies(bench, there) == {}


def clone_of(bench: Bench) -> str:
    """Return what libvirt has of the guest that is not the original, when nothing is left for libvirt to choose."""
    (name,) = {domain.name() for domain in bench.libvirt.listAllDomains()} - {"guest"}
    return bench.defined_anew(bench.told(name))


def copies(bench: Bench, there: set[Path]) -> dict[str, bytes]:
    """Return what a guest sees in the images that were not there before, by their names."""
    seen = {}
    raw = bench.place / "seen.raw"
    for path in sorted(set(bench.place.iterdir()) - there):
        form = "qcow2" if path.suffix == ".qcow2" else "raw"
        subprocess.run(["qemu-img", "convert", "-f", form, "-O", "raw", path, raw], check=True)
        seen[path.name] = raw.read_bytes()
        raw.unlink()
    return seen


def take_back(bench: Bench, there: set[Path]) -> None:
    """Remove all that is defined, and the images that were not there before."""
    bench.clear()
    for path in set(bench.place.iterdir()) - there:
        path.unlink()
