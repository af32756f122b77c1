"""Without defaults and what only runs, little differs between what somebody wrote and what libvirt made of it."""

from __future__ import annotations

import virtxml
from tests.compare.satisfying.pairs import domains, others
from tests.support import requires_shared


@requires_shared
def test_nothing_differs_if_and_only_if_a_document_is_what_was_wanted() -> None:
    pairs = domains() + others()
    disputed = []
    for name, wanted, actual in pairs:
        found = virtxml.diff(wanted, actual, ignore_defaults=True, ignore_runtime=True, ignore_order=True)
        if bool(found) == bool(virtxml.satisfies(actual, wanted)):
            disputed.append((name, str(found)))
    # A set that libvirt splits is several changes, and a device of another type is another device.
    assert len(disputed) <= 0.012 * len(pairs), disputed


def test_what_is_wanted_and_not_there_is_no_default() -> None:
    wanted = virtxml.parse("<domain><devices><disk><driver cache='none'/><target dev='vda'/></disk></devices></domain>")
    actual = virtxml.parse("<domain><devices><disk><target dev='vda'/></disk></devices></domain>")
    assert [one.kind for one in virtxml.diff(wanted, actual, ignore_defaults=True)] == ["removed"]
    assert not virtxml.diff(actual, wanted, ignore_defaults=True)
