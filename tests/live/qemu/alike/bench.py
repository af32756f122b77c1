"""The same change made twice: by libvirt's own program on a definition, and by virtxml on a document."""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from virtxml.cli import main

from .documents import GUEST

_ASSIGNED = "devices/*/address[@type!='usb' or @port] | devices/controller[@type='pci']"
"""Where devices are, and what else they are attached to: libvirt chooses that when it first sees a device."""
_SECURE, _INACTIVE, _NETWORK_INACTIVE = 1, 2, 1
_VALIDATE = 1
_KEEP_NVRAM = 8


class Bench:
    """Definitions on our own daemon, and documents in a directory that it sees, too.

    Attributes:
        libvirt: the connection to the daemon's QEMU driver, by libvirt-python itself: documents go there as they are.
        place: the directory.
        file: the document that virtxml changes.
    """

    def __init__(self, uri: str, libvirt: Any, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._uri = uri
        self.libvirt = libvirt
        self.place = place
        self.file = place / "document.xml"
        self._capsys = capsys
        self._pools = {pool.name() for pool in libvirt.listAllStoragePools()}

    def theirs(self, program: str, *arguments: str) -> None:
        """Run one of libvirt's own programs, which has to do what it is told."""
        command = [program, "--connect", self._uri, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr + done.stdout

    def ours(self, *arguments: str) -> str:
        """Run virtxml, which has to do what it is told; return what it prints."""
        status = main(arguments)
        out, err = self._capsys.readouterr()
        assert status == 0, err
        return out

    def ours_asking(self, *arguments: str) -> str:
        """Run virtxml, which asks our own daemon for facts of the host; return what it prints."""
        return self.ours(*arguments, "--connect", self._uri)

    def defined(self, text: str) -> str:
        """Define a guest from nothing, and once more as libvirt tells it; return what libvirt has of it.

        The second time, nothing is left for libvirt to choose, and its order is that of all later definitions.
        """
        for domain in self.libvirt.listAllDomains():
            domain.undefineFlags(_KEEP_NVRAM)
        self.libvirt.defineXML(text)
        return self.defined_anew(self.told())

    def defined_anew(self, text: str) -> str:
        """Define a guest by a document that is valid, over what there is of it; return what libvirt has of it."""
        return self.told(self.libvirt.defineXMLFlags(text, _VALIDATE).name())

    def told(self, name: str = "guest") -> str:
        """Return what libvirt has of a guest for its next start, with passwords."""
        return str(self.libvirt.lookupByName(name).XMLDesc(_SECURE | _INACTIVE))

    def network_defined(self, text: str) -> str:
        """Define a network; return what libvirt has of it."""
        self.libvirt.networkDefineXML(text)
        return self.network_told()

    def network_told(self) -> str:
        """Return what libvirt has of the network."""
        return str(self.libvirt.networkLookupByName("lab").XMLDesc(_NETWORK_INACTIVE))

    def clear(self) -> None:
        """Remove all that is defined, pools that libvirt's own programs have made too."""
        for domain in self.libvirt.listAllDomains():
            domain.undefineFlags(_KEEP_NVRAM)
        for network in self.libvirt.listAllNetworks():
            network.undefine()
        for pool in self.libvirt.listAllStoragePools():
            if pool.name() not in self._pools:
                persistent = pool.isPersistent()
                if pool.isActive():
                    pool.destroy()
                if persistent:
                    pool.undefine()


def check_change(bench: Bench, theirs: Callable[[], object], ours: Callable[[], object], said: str) -> None:
    """Check that libvirt has the same of the guest after a change of its own as after one of ours.

    Ours is made on libvirt's own document, and on that of somebody who has written comments, other units, and no
    addresses.

    Args:
        bench: where the guest is defined.
        theirs: changes the definition.
        ours: changes the file.
        said: all that is said to both.
    """
    written = GUEST.replace("{place}", "/images")
    before = bench.defined(written)
    theirs()
    changed = bench.told()
    assert changed != before

    bench.defined(written)
    bench.file.write_text(before)
    ours()
    check_alike(changed, bench.defined_anew(bench.file.read_text()), before + said)

    bench.file.write_text(written)
    ours()
    after = bench.file.read_text()
    assert comments(after) == comments(written)
    check_alike_elsewhere(changed, bench.defined(after), before + said)


def check_alike(theirs: str, ours: str, known: str) -> None:
    """Check that libvirt has the same after both changes.

    UUIDs and QEMU's addresses of network cards that ``known``, what was there and what was said, does not have were
    thrown for: they are the same if each is used where the other is.
    """
    _compare(_dealt(theirs, known).splitlines(), _dealt(ours, known).splitlines())


def check_alike_elsewhere(theirs: str, ours: str, known: str) -> None:
    """Check the same, but where libvirt attaches devices, and the order of controllers, which tells nothing else."""
    _compare(_without_places(_dealt(theirs, known)), _without_places(_dealt(ours, known)))


def _compare(theirs: list[str], ours: list[str]) -> None:
    difference = difflib.unified_diff(theirs, ours, "what libvirt has by its own program", "by ours", n=2, lineterm="")
    assert theirs == ours, "\n".join(difference)


def _dealt(text: str, known: str) -> str:
    """Put numbers in place of what was thrown for."""
    thrown: dict[str, str] = {}
    for found in re.findall(r"(?<=<mac address=')52:54:00:[0-9a-f:]{8}|(?<=<uuid>)[0-9a-f-]{36}", text):
        if found not in known:
            thrown.setdefault(found, f"thrown {len(thrown) + 1}")
    for found, number in thrown.items():
        text = text.replace(found, number)
    return text


def _without_places(text: str) -> list[str]:
    root = etree.fromstring(text, etree.XMLParser(remove_blank_text=True))
    for found in root.xpath(_ASSIGNED):
        found.getparent().remove(found)
    controllers = root.findall("devices/controller")
    for controller in sorted(controllers, key=etree.tostring):
        root.find("devices").append(controller)
    etree.indent(root)
    return str(etree.tostring(root, encoding="unicode")).splitlines()


def comments(text: str) -> list[str]:
    """Return the comments of a document, in order."""
    return re.findall("<!--.*?-->", text, re.DOTALL)
