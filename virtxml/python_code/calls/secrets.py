"""Calls of the builder of secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call

from .values import get, setting, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.secret import Secret

_USES = {
    "volume": ("for_volume", "volume"),
    "ceph": ("for_ceph", "name"),
    "iscsi": ("for_iscsi", "target"),
    "tls": ("for_tls", "name"),
    "vtpm": ("for_vtpm", "name"),
}
"""The step for each use, and the element of `<usage>` that says whose it is."""


def _start(_secret: Secret) -> Call:
    return call("secret")


def _groups(secret: Secret) -> Iterator[Group]:
    yield from text_of(secret, "uuid", "description")
    for name in ("ephemeral", "private"):
        if getattr(secret, name) is True:
            yield setting(name, call(name))
    step, field = _USES.get(get(secret, "usage.type"), ("", ""))
    if step:
        yield setting("usage", call(step, get(secret, f"usage.{field}")))


READERS = {"Secret": (_start, _groups)}
