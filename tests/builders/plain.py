"""Builders that take each step the plain way: on a copy of the whole document, all of which is judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from virtxml.builders.base import Builder
from virtxml.builders.domains import DomainBuilder
from virtxml.builders.domains.rules import broken_rule
from virtxml.builders.domains.rules.met import Met
from virtxml.builders.errors import BuildError, refusals
from virtxml.builders.values.kinds import check_kinds


def plainly(builder: Any) -> Any:
    """Return a builder that has what another has, and takes steps the plain way."""
    made = deepcopy(builder)
    made.__class__ = type(f"Plain{type(builder).__name__}", (_Plain, type(builder)), {})
    return made


class _Plain(Builder[Any]):
    @contextmanager
    def _change(self) -> Iterator[Any]:
        draft = deepcopy(self._model)
        with refusals():
            yield draft
            check_kinds(draft, variables=self._variables)
            if isinstance(self, DomainBuilder):
                reason = broken_rule(draft, self._host_of(draft), Met())
                if reason is not None:
                    raise BuildError(reason)
            self._check_whole(draft)
            self._judge(self._completed(self._filled(deepcopy(draft))))
        self._model = draft
