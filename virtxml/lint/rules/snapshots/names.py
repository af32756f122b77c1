"""What snapshots are called, and after which ones they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domainsnapshot import DomainSnapshot
    from ...facts import Facts


@rule(
    "VX858",
    "snapshot-name",
    "domainsnapshot",
    when="name",
    words="invalid snapshot name 'guest/before': name can't contain '/'",
    early=True,
    bad="""
<domainsnapshot>
  <name>guest/before</name>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <name>guest-before</name>
</domainsnapshot>
""",
)
def snapshot_name(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """The name of a snapshot has a slash, or begins with a dot.

    libvirt keeps what it knows of a snapshot in a file of that name.
    """
    name = snapshot.name or ""
    if "/" in name or name.startswith("."):
        yield Problem(snapshot, "name", 'names of snapshots have no "/" and no "." before them')


@rule(
    "VX860",
    "snapshot-parent",
    "domainsnapshot",
    when="parent",
    words="cannot set moment before-update as its own parent",
    early=True,
    bad="""
<domainsnapshot>
  <name>before-update</name>
  <parent>
    <name>before-update</name>
  </parent>
  <state>shutoff</state>
  <creationTime>1700000000</creationTime>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <name>before-update</name>
  <state>shutoff</state>
  <creationTime>1700000000</creationTime>
</domainsnapshot>
""",
)
def snapshot_parent(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """A snapshot is to be made known again as one that came after itself.

    The parent is the snapshot at which the guest was when this one was made, so it is another one.
    """
    parent = snapshot.parent
    if parent is not None and parent.name and parent.name == snapshot.name and snapshot.creation_time:
        fix = drop(snapshot, "parent", safe=False)
        yield Problem(parent, "name", "a snapshot does not come after itself", fix=fix)
