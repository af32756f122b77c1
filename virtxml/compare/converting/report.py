"""What a conversion tells: each thing that is not as it was, and why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from virtxml.diagnostics.diagnostic import Severity

Action = Literal["dropped", "changed", "kept", "found"]
"""What was done: taken out, written in another way, left though the release is against it, or
found by a rule in what has become of the document."""
Fate = Literal["ignored", "refused", "unclear"]
"""What libvirt of the release does with it: a name that it does not know is passed over without a word, a value that it
does not know is refused. It is unclear where only the form of a text is new to its schema."""
Loss = Literal["", "device", "data"]
"""What is lost: a device of the guest, or something else without which it is another guest; "" if that is neither."""

_FATES = {
    "ignored": "libvirt would have ignored it",
    "refused": "libvirt would have refused it",
    "unclear": "libvirt might have taken it",
}


@dataclass(frozen=True)
class Entry:
    """One thing that is not as it was in the document.

    Attributes:
        action: what was done.
        path: where it was, as an XPath in the document that was given, such as `/domain/os/nvram/@format`; of what was
            found, where it is now.
        says: why, in one line: what the release does not know, and since which one it is known.
        libvirt: what libvirt of the release would do with it.
        since: the first release with known schemas, behind the one that is asked for, that takes it; "" if none does.
        until: the last release with known schemas, before the one that is asked for, that takes it; "" if none does.
        loss: what is lost by it.
        severity: "error" for a loss and for what cannot be made right, "warning" for what the release refuses, "info"
            for what it would have passed over anyway.
        new: what is written in its place, such as `model='virtio'`, or what was done for a rule; "" if nothing is.
        code: the code of the rule that it comes from; "" if it comes from a schema.
        line: the line in the source; None if the document is a model.
        column: the column in the source; None if the document is a model.
    """

    action: Action
    path: str
    says: str
    libvirt: Fate
    since: str = ""
    until: str = ""
    loss: Loss = ""
    severity: Severity = "warning"
    new: str = ""
    code: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def text(self) -> str:
        """What was done and why, in one line."""
        if self.code:
            done = f": {self.new}" if self.new else ""
            return f"{self.action} {self.path}: {self.says}{done} ({self.code})"
        what = self.path if self.action == "kept" else f"{self.action} {self.path}"
        if self.new:
            what += f" to {self.new}"
        known = f"known since {self.since} at the latest" if self.since else ""
        known = f"known until {self.until} at least" if self.until else known
        return f"{what}: {self.says} ({'; '.join(filter(None, (known, _FATES[self.libvirt])))})"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data: all its fields by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
