"""A document with mistakes, and what is found in it."""

from __future__ import annotations

from virtxml.diagnostics.diagnostic import Diagnostic, Related

SOURCE = """<domain>
  <name>tiny</name>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' typ='qcow2'/>
      <target dev='vda'/>
      <target dev='vdb'/>
    </disk>
  </devices>
</domain>
"""
URL = "https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms"
MISSPELLED = Diagnostic(
    code="VX102",
    message='unknown attribute "typ" on <driver>',
    line=5,
    column=27,
    end_line=5,
    end_column=30,
    path="/domain/devices/disk/driver/@typ",
    expected=("name", "type"),
    suggestions=("type",),
    help='did you mean "type"?',
    url=URL,
)
TWICE = Diagnostic(
    code="VX303",
    message="<target> is given twice in <disk>",
    line=7,
    column=8,
    end_line=7,
    end_column=14,
    path="/domain/devices/disk/target[2]",
    help="remove one of them",
    related=(Related(6, 8, "first given here"),),
)
WITHOUT_PLACE = Diagnostic(
    code="VX302",
    message="<disk> has no <target>",
    path="/domain/devices/disk",
    expected=("target",),
    help="add <target dev='…'/>",
    related=(Related(None, None, "so are all other disks"),),
)


def at(line: int, column: int, end_column: int, **others: object) -> Diagnostic:
    """Return a finding at a place."""
    options: dict[str, object] = {"code": "VX201", "message": "wrong", "help": "here", **others}
    return Diagnostic(line=line, column=column, end_line=line, end_column=end_column, **options)  # type: ignore[arg-type]
