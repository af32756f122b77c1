"""A domain and mistakes to make in it, with all that `virtxml validate` prints about each in snapshots/.

`python -m tests.cli.mistakes` writes what is printed now to the snapshots; read the difference before you commit it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT

SNAPSHOTS = Path(__file__).with_name("snapshots")
DOMAIN = """<domain type='kvm'>
  <name>web01</name>
  <memory unit='KiB'>4194304</memory>
  <os>
    <type arch='x86_64'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/web01.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <hostdev mode='subsystem' type='usb'>
      <source>
        <vendor id='0x1050'/>
        <product id='0x0407'/>
      </source>
    </hostdev>
    <video>
      <model type='virtio'>
        <acceleration accel3d='yes'/>
        <resolution x='1024' y='768'/>
      </model>
    </video>
  </devices>
</domain>
"""


@dataclass(frozen=True)
class Mistake:
    """A mistake: what stands in the place of which pieces of the domain, and options to validate it with."""

    edits: tuple[tuple[str, str], ...]
    options: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The domain with the mistake. Raises ValueError if a piece is not there just once."""
        text = DOMAIN
        for old, new in self.edits:
            if text.count(old) != 1:
                raise ValueError(f"{old!r} is in the domain {text.count(old)} times")
            text = text.replace(old, new)
        return text


def _mistake(old: str, new: str, *options: str) -> Mistake:
    return Mistake(((old, new),), options)


_QEMU = "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
_COMMAND_LINE = "  <qemu:commandline>\n    <env name='LANG' value='C'/>\n  </qemu:commandline>\n"
_ACCELERATION = "        <acceleration accel3d='yes'/>\n"
_RESOLUTION = "        <resolution x='1024' y='768'/>\n"

FIVE = {
    "element-misspelled": _mistake("<source file", "<souce file"),
    "attribute-misspelled": _mistake("<target dev=", "<target devv="),
    "value-misspelled": _mistake("device='disk'", "device='dsk'"),
    "element-missing": _mistake("      <target dev='vda' bus='virtio'/>\n", ""),
    "number-wrong": _mistake("4194304", "lots"),
}
"""The mistakes that everybody makes."""

CODES = {
    "VX001": _mistake("<target dev='vda' bus='virtio'/>", "<target dev='vda' bus='virtio'>"),
    "VX002": Mistake((("<domain ", "<domian "), ("</domain>", "</domian>"))),
    "VX101": _mistake("<vendor id", "<vender id"),
    "VX102": _mistake("arch=", "arhc="),
    "VX103": _mistake("  <os>", "  <boot dev='hd'/>\n  <os>"),
    "VX104": Mistake(((" device='disk'", " device='disk' bus='virtio'"), (" bus='virtio'/>", "/>"))),
    "VX105": _mistake("<source file='/var/lib/libvirt/images/web01.qcow2'/>", "<source dev='/dev/vg0/web01'/>"),
    "VX106": Mistake((("type='kvm'", f"type='kvm' {_QEMU}"), ("  </devices>\n", f"  </devices>\n{_COMMAND_LINE}"))),
    "VX107": _mistake("type='qcow2'", "type='qcow2' discard_no_unref='on'", "--libvirt", "9.0.0"),
    "VX108": _mistake(
        "  </devices>", "    <smartcard mode='host'>\n      <alias name='smartcard0'/>\n    </smartcard>\n  </devices>"
    ),
    "VX201": _mistake("device='disk'", "device='hard disk'"),
    "VX202": _mistake("0x1050", "1050:0407"),
    "VX301": _mistake(" dev='vda'", ""),
    "VX302": _mistake("  <name>web01</name>\n", ""),
    "VX303": _mistake("  <os>", "  <name>web02</name>\n  <os>"),
    "VX304": _mistake("    <hostdev", "    the key:\n    <hostdev"),
    "VX305": _mistake(_ACCELERATION + _RESOLUTION, _RESOLUTION + _ACCELERATION),
    "VX306": _mistake("<name>web01</name>", "<name></name>"),
    "VX990": _mistake("    <hostdev", "    <!-- virtxml: ignore[unknown-element] the key -->\n    <hostdev"),
}
"""A mistake of each code; the last is one about the document, and not in it."""

MISTAKES = FIVE | CODES


def printed(mistake: Mistake, directory: Path) -> str:
    """Return the command that validates a document with a mistake, all that it prints, and its exit status."""
    (directory / "web01.xml").write_text(mistake.text)
    arguments = ["validate", *mistake.options, "web01.xml"]
    done = subprocess.run(
        [sys.executable, "-m", "virtxml", *arguments],
        cwd=directory,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return f"$ virtxml {' '.join(arguments)}\n{done.stdout}exit status {done.returncode}\n"


def write_snapshots() -> None:
    """Write what is printed about each mistake."""
    with tempfile.TemporaryDirectory() as directory:
        for name, mistake in MISTAKES.items():
            (SNAPSHOTS / f"{name}.txt").write_text(printed(mistake, Path(directory)), encoding="utf-8")


if __name__ == "__main__":
    write_snapshots()
