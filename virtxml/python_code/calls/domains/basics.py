"""What a guest is: its kind, machine and description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from virtxml import builders
from virtxml.content import write_any
from virtxml.python_code.calls.values import get, setting, text_of
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.content import AnyElement
    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain

_OWN_STEPS = ("kvm", "qemu")


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    # All else depends on these, so that they are not weighed against models.
    if domain.type is not None:
        kind = call(domain.type) if domain.type in _OWN_STEPS else call("type", domain.type)
        yield setting("type", kind, kept=True)
    yield setting("os.type", *_machine(domain), kept=True)
    if get(domain, "devices.emulator") is not None:
        yield setting("devices.emulator", call("emulator", get(domain, "devices.emulator")), plain=[])
    yield from text_of(domain, "uuid", "genid", "title", "description")
    if domain.metadata is not None:
        yield setting("metadata", *_metadata(domain.metadata, as_text=False), plain=_metadata(domain.metadata))
    yield from text_of(domain, "on_poweroff", "on_reboot", "on_crash")


def _machine(domain: Domain) -> Iterator[Call]:
    """Iterate over calls for the architecture and the machine, unless they are the usual ones."""
    arch, machine = get(domain, "os.type.arch"), get(domain, "os.type.machine")
    kinds: Any = domain.type if domain.type in ("kvm", "qemu", "test") else "kvm"
    usual = builders.domain("usual").type(kinds)
    if arch is not None and arch != get(usual.build(), "os.type.arch"):
        yield call("arch", arch)
        try:
            usual.arch(arch)
        except builders.BuildError:
            return
    if machine is not None and machine != get(usual.build(), "os.type.machine"):
        yield call("machine", machine)


def _metadata(metadata: AnyElement, *, as_text: bool = True) -> list[Call]:
    return [call("metadata", _text(child) if as_text else child) for child in metadata.children]


def _text(element: AnyElement) -> str:
    """Return an element as text on one line."""
    out: list[str] = []
    write_any(element, out, "")
    return re.sub(r">\n\s*<", "><", "".join(out).strip())
