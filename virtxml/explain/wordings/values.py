"""What to say of values that are not possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.diagnostics.suggest import did_you_mean, nearest
from virtxml.relaxng.match.patterns import Data
from virtxml.source.secrets.names import hides

from ..message import Message
from ..trails import trail_of
from ..vocabulary import meant
from .forms import describe
from .names import any_of, listing, quoted, spelled, tag
from .phrases import joined, nearest_first, possible, secretive, the_attribute, the_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene
    from .forms import Accepted

_SIZE = re.compile(r"\s*(?P<number>[0-9]+)\s*(?P<unit>[kKmMgGtTpPeE]?[iI]?[bB]?(?<=[A-Za-z]))\s*")
"""A number with a unit behind it."""
_MOST_WORDS = 3
"""So many forms are named in a message; if there are more, they are in its help."""
_MOST_VALUES = 3
"""So many values are named beside forms."""


def wrong_value(finding: Finding, scene: Scene) -> Message:
    """Say which values are possible."""
    accepted, near = _accepted(finding)
    ordered = nearest_first(near, accepted.values)
    only = len(ordered) == 1
    what = f"is not {quoted(ordered[0])}, the only possible value" if only else "is not one of the possible values"
    return Message(
        message=about_value(finding, what),
        help=joined(did_you_mean(*near[:1], show=quoted), "" if only else possible(ordered, quoted)),
        expected=accepted.names,
        suggestions=near,
    )


def wrong_form(finding: Finding, scene: Scene) -> Message:
    """Say which form a value is to have."""
    accepted, near = _accepted(finding)
    bare = finding.value.strip()
    if bare != finding.value and any(isinstance(one, Data) and one.datatype.allows(bare) for one in finding.accepted):
        shown = () if hides(finding.value, secretive(finding)) else (bare,)
        return Message(
            message=about_value(finding, "has white space around it"),
            help="remove the white space",
            expected=accepted.names,
            suggestions=shown,
        )
    if not accepted.forms:
        return wrong_value(finding, scene)
    return Message(
        message=about_value(finding, f"is not {in_words(accepted, near)}"),
        help=_with_unit(finding, scene) or joined(did_you_mean(*near[:1], show=quoted), hint(accepted, near)),
        expected=accepted.names,
        suggestions=near,
    )


def _with_unit(finding: Finding, scene: Scene) -> str:
    """Return how to write a size such as `4GiB`, whose unit belongs in an attribute; "" for anything else."""
    size = _SIZE.fullmatch(finding.value)
    if size is None or finding.attribute or not scene.trails.attributes(trail_of(finding.element), "unit"):
        return ""
    name = spelled(finding.element.tag, finding.element)
    return f"the unit is an attribute: write <{name} unit='{size['unit']}'>{size['number']}</{name}>"


def in_words(accepted: Accepted, near: Sequence[str] = ()) -> str:
    """Return what is possible, such as `"auto" or a whole number`; not too much of it."""
    values = [quoted(text) for text in nearest_first(near, accepted.values)]
    words = [form.words for form in accepted.forms]
    if len(values) > _MOST_VALUES:
        values = ["one of the possible values"]
    if len(words) > _MOST_WORDS:
        return any_of([*values, "of a possible form"], str)
    return any_of([*values, *words], str)


def hint(accepted: Accepted, near: Sequence[str] = ()) -> str:
    """Return examples of what is possible, and what a message leaves out."""
    values = nearest_first(near, accepted.values)
    left_out = possible(values, quoted) if len(values) > _MOST_VALUES else ""
    if len(accepted.forms) > _MOST_WORDS:
        return joined(left_out, f"possible forms: {listing([form.words for form in accepted.forms], str)}")
    examples = [form.example for form in accepted.forms if form.example and not form.plain]
    return joined(left_out, f"for example {any_of(examples, quoted)}" if examples else "")


def about_value(finding: Finding, what: str) -> str:
    """Return a sentence about the value of an attribute or an element."""
    if not finding.value.strip():
        place = the_attribute(finding) if finding.attribute else tag(finding.element)
        return f"{place} is empty, which {what}"
    if finding.attribute:
        return f"{the_value(finding)} of {the_attribute(finding)} {what}"
    return f"{tag(finding.element)} holds {the_value(finding).removeprefix('value ')}, which {what}"


def _accepted(finding: Finding) -> tuple[Accepted, tuple[str, ...]]:
    """Return what is accepted in place of a value, and which of it may have been meant."""
    accepted = describe(finding.accepted, finding.value)
    if hides(finding.value, secretive(finding)):
        return accepted, ()
    near = meant(finding.value, accepted.values) or finding.nearest or nearest(finding.value.strip(), accepted.values)
    # Of several spellings of the same, the usual one is enough.
    usual = {text.lower(): text for text in reversed(accepted.values)}
    return accepted, tuple(dict.fromkeys(usual.get(text.lower(), text) for text in near))
