"""Mark the fields that hold a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import ClassModel
    from ..names import Names


def mark_secrets(models: Iterable[ClassModel], names: Names) -> None:
    """Mark the fields that `secrets` in `names.toml` lists, so that no repr shows their values."""
    for model in models:
        for field in model.fields:
            field.secret = any(f"{path}/{field.key}" in names.secrets for path in model.paths)
