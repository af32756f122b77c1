"""Fixtures for all tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support import shared_dir

if TYPE_CHECKING:
    from pathlib import Path

# How long an example takes says nothing on a busy machine. The gate draws the same examples each time, so that nothing
# is red by chance; everybody else looks further.
settings.register_profile("virtxml", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.load_profile("gate" if os.environ.get("CI") else "virtxml")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the directory with libvirt's schemas and documents; skip the test without it."""
    path = shared_dir()
    if path is None:
        pytest.skip("needs libvirt's schemas and documents: ../shared, or VIRTXML_SHARED")
    return path
