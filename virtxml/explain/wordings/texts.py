"""What to say of text where none may be, and of text that is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.source.secrets.names import hides, may_hold_secret_text

from ..message import Message
from .forms import describe
from .names import local, tag, value
from .phrases import as_attributes, as_elements
from .values import hint, in_words

if TYPE_CHECKING:
    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene


_MARKUP = re.compile("[=<>'\"]")


def stray_text(finding: Finding, scene: Scene) -> Message:
    """Say that there may be no text."""
    text = " ".join(finding.value.split())
    # Signs of markup are the rest of a tag that could not be read, with whatever was in its values.
    markup = _MARKUP.search(text) is not None
    hidden = markup or hides(text) or _is_near_secrets(finding.element, scene)
    what = "text" if hidden else f"text {value(text)}"
    shown = replace(finding, value="…") if hidden else finding
    written = "" if markup else as_attributes(shown) or as_elements(shown)
    return Message(message=f"{what} is not allowed in {tag(finding.element)}", help=written or "remove it")


def _is_near_secrets(element: _Element, scene: Scene) -> bool:
    """Tell whether text in an element may be a secret, of its own or of an element in it that ends too early."""
    if element not in scene.near_secrets:
        names = (local(one) for one in (element, *element) if isinstance(one.tag, str))
        scene.near_secrets[element] = any(map(may_hold_secret_text, names))
    return scene.near_secrets[element]


def missing_text(finding: Finding, scene: Scene) -> Message:
    """Say what an element or attribute has to hold that is empty."""
    accepted = describe(finding.accepted)
    needs = in_words(accepted) if finding.accepted else "text"
    return Message(
        message=f"{tag(finding.element)} is empty, but needs {needs}", help=hint(accepted), expected=accepted.names
    )
