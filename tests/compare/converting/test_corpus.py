"""libvirt's own documents become valid for older releases."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.compare.converting.corpus import OLDER, counted, models
from tests.support import requires_shared, shared_dir

EVERY = 20


@requires_shared
@pytest.mark.parametrize("release", OLDER)
def test_nearly_all_are_valid_there_and_stay_as_they_are_when_converted_again(release: str) -> None:
    shared = shared_dir()
    assert shared is not None
    counts: Counter[str] = Counter()
    for name, model in models(shared / "corpus", EVERY):
        counted(name, model, release, counts)
    assert counts["documents"] > 100
    assert counts["valid"] >= 0.99 * counts["documents"], counts
