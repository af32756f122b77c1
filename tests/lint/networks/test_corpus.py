"""What libvirt's network driver refuses of the networks that libvirt's own tests only read and write again."""

from __future__ import annotations

import pytest

from tests.lint.verdicts import REFUSED_BY_DRIVERS, corpus, findings
from tests.support import shared_dir

pytestmark = pytest.mark.skipif(shared_dir() is None, reason="libvirt's own tests are not here")


@pytest.mark.parametrize("name", [name for name in REFUSED_BY_DRIVERS if name.startswith("networkxml")])
def test_networks_that_the_driver_refuses_are_found(name: str) -> None:
    found = findings((corpus() / name).read_bytes(), libvirt="9.0.0")
    assert found is not None
    assert [one.phase for one in found if one.severity == "error"] == ["define"]
