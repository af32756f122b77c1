"""Names and UUIDs, by which libvirt tells things of a kind apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...together.documents import Document, Documents

THINGS = {
    "domain": "guest",
    "network": "network",
    "pool": "storage pool",
    "filter": "network filter",
    "secret": "secret",
}
"""What has a name and a UUID of its own, and how it is called, by the root element."""

_NAMES = {"secret": "usage"}
"""The field that names a thing, where it is not `name`."""


def _things(documents: Documents) -> Iterator[tuple[Document[Any], tuple[str, str]]]:
    """Iterate over what has a name and a UUID, with the space of names that it is in."""
    for document in documents.all:
        kind = document.facts.model.xml_name
        if kind in THINGS and document.name and document.uuid:
            yield document, (kind, document.facts.driver)


@together(
    "VX901",
    "shared-uuid",
    words="operation failed: domain 'web' is already defined with uuid 5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
<!-- db.xml -->
<domain type='kvm'/>
""",
)
def shared_uuid(documents: Documents) -> Iterator[Clash]:
    """Two guests, networks, pools or filters have one UUID.

    libvirt tells things of a kind apart by their UUIDs, so it refuses to define another one under a UUID that it
    knows by another name. It happens where a document was copied and only the name was changed: without `<uuid>`,
    libvirt makes one up.
    """
    first: dict[object, Document[Any]] = {}
    for document, space in _things(documents):
        before = first.setdefault((space, document.uuid), document)
        if before.name != document.name:
            yield Clash(
                Use(space, document, document.facts.model, "uuid"),
                'the {thing} "{other}" has this UUID, too',
                help="leave <uuid> out, and libvirt makes one up",
                first=Use(space, before, before.facts.model, "uuid"),
                thing=THINGS[space[0]],
                other=before.name,
            )


@together(
    "VX911",
    "name-with-two-uuids",
    words="operation failed: domain 'web' already exists with uuid 5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
<!-- web-old.xml -->
<domain type='kvm'>
  <name>web</name>
  <uuid>0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22</uuid>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
<!-- web-old.xml -->
<domain type='kvm'>
  <name>web</name>
  <uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>
</domain>
""",
)
def name_with_two_uuids(documents: Documents) -> Iterator[Clash]:
    """One name stands for two guests, networks, pools or filters of different UUIDs.

    libvirt refuses to define something under a name that it knows with another UUID. With the same name and the same
    UUID, or with none, a document is another version of the same thing.
    """
    first: dict[object, Document[Any]] = {}
    for document, space in _things(documents):
        before = first.setdefault((space, document.name), document)
        if before.uuid != document.uuid:
            yield Clash(
                Use(space, document, document.facts.model, _NAMES.get(space[0], "name")),
                'another {thing} is called "{name}", with another UUID',
                help="give it another name, or the same UUID if it is the same one",
                first=Use(space, before, before.facts.model, _NAMES.get(space[0], "name")),
                there="has the name, too",
                thing=THINGS[space[0]],
                name=document.name,
            )
