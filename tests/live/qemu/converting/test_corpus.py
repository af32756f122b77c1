"""libvirt takes what is converted for it, where it refuses the document as it was, or leaves out some of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.compare.converting.cases import without
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


@pytest.fixture
def connection(libvirt: Any, own_daemon: Daemon, qemu: driver.Connection) -> Iterator[Any]:
    """Return a connection of libvirt-python to a libvirt that does not know all that there is."""
    opened = libvirt.open(own_daemon.uri)
    if number(release_of(opened)) >= number(RELEASES[-2]):
        pytest.skip("this libvirt takes all that there is")
    yield opened
    opened.close()


def release_of(connection: Any) -> str:
    """Return the release of a libvirt, such as "9.0.0"."""
    version = connection.getLibVersion()
    return f"{version // 1_000_000}.{version // 1_000 % 1_000}.{version % 1_000}"


@requires_shared
def test_what_is_converted_is_taken(libvirt: Any, connection: Any) -> None:
    release = release_of(connection)
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
    assert worse == []
    assert counts[REFUSED, WHOLE] + counts[TRIMMED, WHOLE] >= ENOUGH, counts


@requires_shared
def test_libvirt_does_with_what_is_dropped_what_the_report_says(libvirt: Any, connection: Any) -> None:
    release = release_of(connection)
    counts: Counter[tuple[str, str]] = Counter()
    for _, model in guests():
        found = convert(model, release)
        paths = [one.path for one in found.report if one.action == "dropped"]
        if len(paths) < len(found.report) or tried(libvirt, connection, found.model).outcome == REFUSED:
            continue
        for one in found.report:
            text = without(model.to_xml(), [path for path in paths if path != one.path])
            counts[one.libvirt, tried(libvirt, connection, Domain.from_xml(text)).outcome] += 1
    right = counts["ignored", TRIMMED] + counts["refused", REFUSED]
    # Its schema of 9.0.0 knows no disks of the protocol ssh, and libvirt itself does.
    assert right >= 0.95 * counts.total() > 0, counts
