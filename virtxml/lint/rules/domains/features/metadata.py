"""What libvirt keeps of other programs' data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest


@rule(
    "VX973",
    "metadata-dropped",
    "domain",
    severity="warning",
    phase="",
    early=True,
    when="metadata",
    bad="""
<metadata>
  <my:owner xmlns:my='urn:example:inventory'>web team</my:owner>
  <my:room xmlns:my='urn:example:inventory'>12</my:room>
</metadata>
""",
    good="""
<metadata>
  <my:inventory xmlns:my='urn:example:inventory'>
    <my:owner>web team</my:owner>
    <my:room>12</my:room>
  </my:inventory>
</metadata>
""",
)
def metadata_dropped(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """Data is lost: it is in no namespace, or in one that has an element already.

    libvirt keeps an element for each namespace, as each is of another program, and drops all others without a word.
    """
    del guest
    if domain.metadata is None:
        return
    seen: set[str] = set()
    for element in domain.metadata.children:
        prefix, colon, name = element.name.rpartition(":")
        space = element.namespaces.get(prefix if colon else "")
        if not space:
            says = "libvirt drops <{element}>, which is in no namespace"
            help_ = f"it takes a namespace of your own: xmlns:{prefix or 'my'}='…'"
            yield Problem(domain, "metadata", says, help=help_, element=element.name)
        elif space in seen:
            says = "libvirt drops <{element}>: there is one element of each namespace, and {space} has one"
            yield Problem(domain, "metadata", says, help="put all into one element", element=name, space=space)
        else:
            seen.add(space)
