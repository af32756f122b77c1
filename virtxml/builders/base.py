"""What all builders have in common: changes that are made whole or not at all, and documents that are judged."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING, Generic, TypeVar

from ..catalogue import NEWEST
from ..node import Node
from ..releases import choose
from .drafts import draft_of, part_of
from .errors import BuildError, refusals
from .judging import refuse_errors
from .values.kinds import check_kinds
from .values.names import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from typing_extensions import Self

    from ..diagnostics.diagnostic import Diagnostic

ModelType = TypeVar("ModelType", bound=Node)


class Builder(Generic[ModelType]):
    """Builds one document, step by step.

    Each step changes the builder and returns it, so that steps can be chained or written one by one. A step that
    cannot work raises BuildError, and changes nothing. `build` may be called as often as needed: it returns a new
    model each time, which is nobody else's. What is done to a `copy.copy` of a builder does not change the builder.
    """

    _variables = False
    """Whether text may stand for numbers, as `$PORT` does."""

    def __init__(self, model: ModelType) -> None:
        self._model = model
        self._libvirt = NEWEST
        self._customizations: list[Callable[[ModelType], object]] = []

    def for_libvirt(self, release: str) -> Self:
        """Build for a release of libvirt: what its schemas do not know is refused.

        Args:
            release: any release, or a system that libvirt comes with, as `virtxml.releases.choose` takes them:
                "9.0.0", "debian12". The newest is meant without this.

        Raises BuildError for what is neither, and if what was said so far needs a newer one; what is missing still may
        be said later.
        """
        with refusals():
            before, self._libvirt = self._libvirt, choose(release).release
        try:
            with refusals():
                self._judge(self._completed(self._filled(deepcopy(self._model))))
        except BuildError:
            self._libvirt = before
            raise
        return self

    def customize(self, change: Callable[[ModelType], object]) -> Self:
        """Let a function change the document when it is complete, for all that builders have no words for.

        Args:
            change: gets the model that `build` is about to return; what it returns is not used.
        """
        self._customizations = [*self._customizations, change]
        return self

    def build(self) -> ModelType:
        """Return the document: complete, valid, and yours to change.

        Raises BuildError if something is missing, if a function of `customize` made it invalid, and for what libvirt
        would refuse though its schemas allow it.
        """
        missing = self._missing(self._model)
        if missing is not None:
            raise BuildError(missing)
        with refusals():
            model = self._completed(deepcopy(self._model))
        for change in self._customizations:
            change(model)
        self._judge(model)
        refuse_errors(model, self._libvirt)
        return model

    @contextmanager
    def _change(self) -> Iterator[ModelType]:
        """Change the document in a `with` block: if what comes out of it cannot work, nothing is changed."""
        draft = draft_of(self._model)
        with refusals():
            yield draft
            self._check(draft)
        self._model = draft

    def _check(self, draft: ModelType) -> None:
        """Raise BuildError if a changed document cannot work."""
        part = part_of(draft, self._model)
        check_kinds(part, variables=self._variables)
        self._check_whole(draft)
        if not self._is_valid(self._completed(self._filled(deepcopy(part)))):
            # Where it is in the whole, and what is wrong with it.
            self._judge(self._completed(self._filled(deepcopy(draft))))

    def _check_whole(self, draft: ModelType) -> None:
        """Raise BuildError for what schemas do not say: what does not go together, or is there twice."""

    def _is_valid(self, model: ModelType) -> bool:
        """Tell whether a document is valid for the release that is built for, without saying why not."""
        from ..validation import is_valid

        try:
            return is_valid(model, libvirt=self._libvirt)
        except (TypeError, ValueError):
            # Something that is no value of any element, or characters that XML cannot hold.
            return False

    def _judge(self, model: ModelType) -> None:
        """Raise BuildError unless a document is valid for the release that is built for."""
        from ..validation import validate

        if self._is_valid(model):
            return
        try:
            found = validate(model, libvirt=self._libvirt)
        except (TypeError, ValueError) as error:
            raise BuildError(str(error)) from None
        raise BuildError(_sentence(found), found)

    def _missing(self, model: ModelType) -> str | None:
        """Return what to say if something is missing that nothing else can stand in for, None if all is there."""
        return None

    def _filled(self, draft: ModelType) -> ModelType:
        """Return a draft with something in the places of what is missing still, to judge the rest."""
        return draft

    def _completed(self, draft: ModelType) -> ModelType:
        """Return a draft with all that builders fill in."""
        return draft


class NamedBuilder(Builder[ModelType]):
    """Builds a document that has a UUID."""

    def uuid(self, value: str = "random") -> Self:
        """Give it a UUID; without this, libvirt makes one when it is defined.

        Args:
            value: the UUID; "random" for a new one.

        Raises BuildError for what is no UUID.
        """
        with self._change() as draft:
            draft.uuid = identity(value)  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
        return self


def _sentence(found: Sequence[Diagnostic]) -> str:
    first = found[0]
    more = len(found) - 1
    help_ = f"; {first.help}" if first.help else ""
    return f"{first.path}: {first.message}{help_}{f' (and {more} more)' if more else ''}"
