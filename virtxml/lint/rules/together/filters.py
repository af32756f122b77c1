"""Network filters that include others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nwfilter import Filterref
    from ...together.documents import Documents


@together(
    "VX921",
    "filter-loop",
    words="operation failed: filter would introduce a loop",
    bad="""
<!-- web.xml -->
<filter name='web' chain='root'>
  <filterref filter='base'/>
</filter>
<!-- base.xml -->
<filter name='base' chain='root'>
  <filterref filter='web'/>
</filter>
""",
    good="""
<!-- web.xml -->
<filter name='web' chain='root'>
  <filterref filter='base'/>
</filter>
<!-- base.xml -->
<filter name='base' chain='root'>
  <filterref filter='clean-traffic'/>
</filter>
""",
)
def filter_loop(documents: Documents) -> Iterator[Clash]:
    """Network filters include each other in a circle.

    A filter takes in the rules of those that it refers to, which would never end, so libvirt refuses the filter that
    closes the circle.
    """
    included = _included(documents)
    states: dict[str, bool] = {}
    """The filters that were come to, and whether all that is behind them has been seen."""
    for name in included:
        if name in states:
            continue
        states[name] = False
        waiting = [(name, iter(included[name]))]
        while waiting:
            at, references = waiting[-1]
            use = next(references, None)
            if use is None:
                states[at] = True
                waiting.pop()
                continue
            inner = str(use.key)
            if states.get(inner) is False and inner != at:
                goal = included[inner][0].document
                yield Clash(
                    use,
                    'the filter "{inner}" leads back to this one',
                    help="take out one of the references",
                    first=Use(inner, goal, goal.facts.model, "name"),
                    there="is that filter",
                    inner=inner,
                )
            elif inner in included and inner not in states:
                states[inner] = False
                waiting.append((inner, iter(included[inner])))


def _included(documents: Documents) -> dict[str, list[Use]]:
    """Return the references of each filter to others, by its name; of a filter in versions, those of the last."""
    found: dict[str, list[Use]] = {}
    for document in documents.filters:
        references: list[Filterref] = [
            entry  # type: ignore[misc]
            for entry in document.facts.model.entries
            if entry.xml_name == "filterref"
        ]
        uses = [Use(each.filter, document, each, "filter") for each in references if each.filter]
        if uses and document.name:
            found[document.name] = uses
    return found
