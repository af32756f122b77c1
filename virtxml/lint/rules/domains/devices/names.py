"""What guests are called, and whom their users are on the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest


@rule(
    "VX792",
    "name-slash",
    "domain",
    words="name a/b cannot contain '/'",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    bad="""
<name>web/1</name>
""",
    good="""
<name>web-1</name>
""",
)
def name_slash(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The name of a guest has a slash.

    libvirt keeps a file of that name for it.
    """
    if domain.name and "/" in domain.name:
        yield Problem(domain, "name", "{name} has a slash, which no name of a file has", name=domain.name)


@rule(
    "VX793",
    "idmap-root",
    "domain",
    words="You must map the root user of container",
    bad="""
<idmap>
  <uid start='1000' target='2000' count='10'/>
  <gid start='1000' target='2000' count='10'/>
</idmap>
""",
    good="""
<idmap>
  <uid start='0' target='2000' count='10'/>
  <gid start='0' target='2000' count='10'/>
</idmap>
""",
)
def idmap_root(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """Users of a container are mapped to the host's, and root or the groups are not.

    Both users and groups are mapped, and the first mapping of each begins with root, 0.
    """
    mapping = domain.idmap
    if mapping is None:
        return
    if bool(mapping.uids) != bool(mapping.gids):
        missing = "gids" if mapping.uids else "uids"
        yield Problem(mapping, missing, "users and groups are mapped both")
        return
    for ranges in (mapping.uids, mapping.gids):
        starts = [start for start in (whole(one.start) for one in ranges) if start is not None]
        if starts and 0 not in starts:
            yield Problem(ranges[0], "start", "root of the container, 0, is mapped to nobody")
            return
