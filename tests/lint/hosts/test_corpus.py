"""What libvirt's own tests take for a QEMU runs on the host whose capabilities those tests have for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import virtxml
from tests.lint.verdicts import RELEASE, corpus
from tests.support import requires_shared
from virtxml.lint import Host, Linter, Selection
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import load_all
from virtxml.schema.capabilities import Capabilities
from virtxml.schema.domain import Domain
from virtxml.schema.domaincaps import DomainCapabilities

pytestmark = requires_shared

QEMU = "9.2.0"
RULES = ("VX88", "VX89", "VX900", "VX95")
_VARIANTS = ("", "-q35", "-tcg")


@cache
def _hosts(variant: str) -> list[DomainCapabilities]:
    folder = corpus() / "domaincapsdata"
    found = [virtxml.parse((folder / f"qemu_{QEMU}{one}.x86_64{variant}.xml").read_bytes()) for one in _VARIANTS]
    assert all(isinstance(one, DomainCapabilities) for one in found)
    return found  # type: ignore[return-value]


def _taken() -> list[Path]:
    """Return what libvirt takes for a usual QEMU; those of special ones have names that end in +NAME."""
    found = (corpus() / "qemuxmlconfdata").glob("*.x86_64-latest*.xml")
    return sorted(path for path in found if "+" not in path.name)


def _guest(path: Path) -> Domain | None:
    model = virtxml.parse(path.read_bytes())
    assert isinstance(model, Domain)
    kind = model.os.type if model.os is not None else None
    return model if kind is not None and kind.arch == "x86_64" else None


def _found(domcapabilities: DomainCapabilities | None, capabilities: Capabilities | None, phase: str) -> list[str]:
    wrong = []
    for path in _taken():
        guest = _guest(path)
        if guest is not None:
            host = Host(RELEASE, capabilities=capabilities, domcapabilities=domcapabilities)
            found = [one for one in Linter(host, Selection(RULES)).run(guest) if one.severity == "error"]
            wrong += [f"{path.name}: {one.name}: {one.message}" for one in found if one.phase == phase]
    return wrong


@pytest.mark.parametrize("variant", range(len(_VARIANTS)))
def test_no_rule_says_that_such_a_host_refuses_what_libvirt_takes_there(variant: int) -> None:
    assert _found(_hosts("")[variant], None, "define") == []


def test_capabilities_of_such_a_host_do_not_refuse_what_libvirt_takes_there() -> None:
    capabilities = virtxml.parse((corpus() / "qemucaps2xmloutdata" / "caps.x86_64.xml").read_bytes())
    assert isinstance(capabilities, Capabilities)
    assert _found(None, capabilities, "define") == []


def test_what_does_not_start_is_what_needs_another_processor() -> None:
    refused = {line.split(":")[0] for one in _hosts("") for line in _found(one, None, "start")}
    assert refused
    assert all(name.startswith("launch-security-") for name in refused)


def test_encrypted_guests_start_where_the_processor_can() -> None:
    load_all()
    documents = list((corpus() / "qemuxmlconfdata").glob("launch-security-sev*+amdsev.xml"))
    assert documents
    rule = REGISTERED["VX955"]
    for path in documents:
        guest = _guest(path)
        assert guest is not None
        for one in _hosts("+amdsev"):
            host = Host(RELEASE, domcapabilities=one)
            assert [each.message for each in Linter(host, Selection((rule.code,))).run(guest)] == []
