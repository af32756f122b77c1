"""libvirt takes what is converted for it, where it refuses the document as it was, or leaves out some of it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pytest

from tests.live.qemu.daemon import Daemon
from tests.support import requires_shared, shared_dir
from virtxml import Domain, ParseError, convert, driver, satisfies
from virtxml.catalogue import RELEASES
from virtxml.releases import number

REFUSED, TRIMMED, WHOLE = "refused", "trimmed", "whole"
ENOUGH = 100
"""How many of libvirt 11.3.0's own documents 9.0.0 takes converted, and not as they are, at the least."""


class Tried(NamedTuple):
    """What became of a document, and what libvirt said, or left out."""

    outcome: str
    says: str = ""


def tried(libvirt: Any, connection: Any, model: Domain) -> Tried:
    """Define a guest, look at what libvirt has of it, and take it away."""
    try:
        guest = connection.defineXML(model.to_xml())
    except libvirt.libvirtError as error:
        return Tried(REFUSED, str(error))
    try:
        flags = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
        answer = satisfies(Domain.from_xml(guest.XMLDesc(flags)), model)
    finally:
        guest.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)
    lacks = [*answer.missing, *answer.changed]
    return Tried(TRIMMED, str(lacks[0])) if lacks else Tried(WHOLE)


def guests() -> list[tuple[str, Domain]]:
    """Return libvirt's own guests of x86-64, for a host without KVM."""
    found = []
    shared = shared_dir()
    assert shared is not None
    for path in sorted((shared / "corpus").glob("*/qemuxmlconfdata/*.xml")):
        try:
            model = Domain.read(path)
        except ParseError:  # some are not meant to be read
            continue
        if model.os is None or model.os.type is None or model.os.type.arch not in ("x86_64", None):
            continue
        model.type = "qemu" if model.type == "kvm" else model.type
        if model.devices is not None and model.devices.emulator is not None:
            model.devices.emulator = "/usr/bin/qemu-system-x86_64"
        found.append((path.name, model))
    return found


@requires_shared
def test_what_is_converted_is_taken(libvirt: Any, own_daemon: Daemon, qemu: driver.Connection) -> None:
    connection = libvirt.open(own_daemon.uri)
    version = connection.getLibVersion()
    release = f"{version // 1_000_000}.{version // 1_000 % 1_000}.{version % 1_000}"
    if number(release) >= number(RELEASES[-2]):
        pytest.skip(f"libvirt {release} takes all that there is")
    counts: Counter[tuple[str, str]] = Counter()
    worse = []
    for name, model in guests():
        before = tried(libvirt, connection, model)
        found = convert(model, release)
        if not found.report:
            continue
        after = tried(libvirt, connection, found.model)
        counts[before.outcome, after.outcome] += 1
        if before.outcome == WHOLE != after.outcome:
            worse.append((name, after.says))
    connection.close()
    assert worse == []
    assert counts[REFUSED, WHOLE] + counts[TRIMMED, WHOLE] >= ENOUGH, counts
