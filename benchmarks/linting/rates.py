"""How often libvirt and the rules disagree: `python -m benchmarks.linting.rates [NUMBER] [--list]`.

Over random domains that are valid by the schema of the libvirt that runs, over a plain guest with one random part, and
over libvirt's own test documents. It needs libvirt-python, and what `make test-live` needs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

import virtxml
from tests.lint.verdicts import inputs
from tests.live.qemu.daemon import Daemon
from tests.live.qemu.linting.libvirts import RELEASE, defined, undefine
from virtxml import Domain, ParseError
from virtxml.fields import ELEMENT
from virtxml.lint import Host, Linter
from virtxml.releases import is_older
from virtxml.schema.domain import Devices, Memory, Os, OsType
from virtxml.validation import is_valid


class Judged(NamedTuple):
    """A document, and what is said of it.

    Attributes:
        text: the document.
        words: what libvirt says if it refuses; "" if it does not.
        errors: the names of the rules that say that libvirt refuses it when it is defined.
    """

    text: str
    words: str
    errors: list[str]


def drawn(number: int, kind: str, **options: Any) -> Iterator[str]:
    """Iterate over random documents of a kind, or parts of documents."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from virtxml.testing import documents

    found: list[str] = []

    @seed(1)
    @settings(max_examples=number, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(documents(kind, libvirt=RELEASE, **options))
    def draw(text: str) -> None:
        found.append(text)

    draw()
    yield from found


def random_domains(number: int) -> Iterator[str]:
    """Iterate over random domains of QEMU's that are valid for the release."""
    for text in drawn(number, "domain", attributes={"type": "qemu"}):
        model = virtxml.parse(text, Domain)
        model.os = model.os or Os()
        model.os.type = OsType(arch="x86_64", machine="q35", value="hvm")
        model.memory = Memory(value=1048576)
        yield model.to_xml()


def guests_with_a_part(number: int) -> Iterator[str]:
    """Iterate over guests that have nothing special but one random part."""
    for cls, place in ((Devices, "devices"), (Domain, "domain")):
        for field in cls.xml_fields.values():
            if field.role != ELEMENT or field.xml.startswith("{") or field.name in ("devices", "memory"):
                continue
            if is_older(RELEASE, cls.since(field.name)):
                continue
            target: Any = field.classes()[field.xml]
            for text in drawn(number, f"{place}/{field.xml}"):
                guest = Domain(type="qemu", name="guest", memory=Memory(value=1048576), devices=Devices())
                guest.os = Os(type=OsType(arch="x86_64", machine="q35", value="hvm"))
                part: Any = target.from_xml(text)
                if isinstance(part, Os):
                    part.type = guest.os.type
                setattr(guest.devices if cls is Devices else guest, field.name, [part] if field.many else part)
                yield guest.to_xml()


def for_here(text: str | bytes) -> str | None:
    """Return a domain as one that this host could run; None if it is none that it can be made."""
    try:
        model = virtxml.parse(text)
    except ParseError:
        return None
    if not isinstance(model, Domain):
        return None
    kind = model.os.type if model.os is not None else None
    if kind is None or kind.arch not in (None, "x86_64") or kind.value not in (None, "hvm"):
        return None
    if model.type not in ("kvm", "qemu"):
        return None
    model.type = "qemu"
    if model.devices is not None:
        model.devices.emulator = None
    changed = model.to_xml()
    return changed if is_valid(changed, libvirt=RELEASE) else None


def judged(libvirt: Any, connection: Any, texts: Iterable[str]) -> Iterator[Judged]:
    """Iterate over what libvirt and the rules say of domains."""
    linter = Linter(Host(RELEASE, "x86_64"))
    for text in texts:
        found = linter.run(virtxml.parse(text))
        handle, words = defined(libvirt, connection, "domain", text)
        if handle is not None:
            undefine(libvirt, handle)
        yield Judged(text, words, [one.name for one in found if one.phase == "define"])


def report(title: str, verdicts: Iterable[Judged], show: Callable[[str], None] | None) -> None:
    """Print how often they agree."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for one in verdicts:
        counts[bool(one.words), bool(one.errors)] += 1
        if show is not None and bool(one.words) != bool(one.errors):
            show(f"{', '.join(one.errors) or '(silent)'} | {one.words[:160] or '(taken)'}")
    refused = counts[True, True] + counts[True, False]
    taken = counts[False, True] + counts[False, False]
    print(f"{title}: libvirt refuses {refused}, rules are silent about {counts[True, False]} of these;")
    print(f"  it takes {taken}, rules have an error in {counts[False, True]} of these")


def main(arguments: list[str]) -> None:
    """Print both rates."""
    libvirt: Any = import_module("libvirt")
    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    show = print if "--list" in arguments else None
    number = next((int(one) for one in arguments if one.isdecimal()), 500)
    with Daemon() as daemon:
        connection = libvirt.open(daemon.uri)
        texts = filter(None, map(for_here, random_domains(number)))
        report("random domains", judged(libvirt, connection, texts), show)
        texts = filter(None, map(for_here, guests_with_a_part(max(number // 10, 1))))
        report("guests with one random part", judged(libvirt, connection, texts), show)
        texts = filter(None, map(for_here, inputs()))
        report("libvirt's test documents", judged(libvirt, connection, texts), show)


if __name__ == "__main__":
    main(sys.argv[1:])
