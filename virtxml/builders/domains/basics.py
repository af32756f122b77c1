"""What a guest is: its kind, machine, operating system and description."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Literal

from ...content import AnyElement
from ..errors import BuildError, refusals
from ..values.names import identity
from .completion import system_of
from .steps import TYPES, DomainSteps, devices_of, other_hypervisor, type_of

if TYPE_CHECKING:
    from typing_extensions import Self

DomainType = Literal["kvm", "qemu", "test"]
OffAction = Literal["destroy", "restart", "preserve", "rename-restart"]
CrashAction = Literal[
    "destroy", "restart", "preserve", "rename-restart", "coredump-destroy", "coredump-restart", "preserve-running"
]

_ALIASES = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64", "i386": "i686"}


class Basics(DomainSteps):
    """Says what a guest is."""

    def kvm(self) -> Self:
        """Run it with the help of the host's processor, at its full speed. This is the default."""
        return self.type("kvm")

    def qemu(self) -> Self:
        """Run it in QEMU alone: slow, but on any host, and for any architecture."""
        return self.type("qemu")

    def type(self, type: DomainType) -> Self:  # noqa: A002 - as the attribute is called
        """Choose what runs it: "kvm", "qemu", or "test" for libvirt's test driver.

        Raises BuildError for another hypervisor: their guests are made from the models.
        """
        if type not in TYPES:
            raise BuildError(other_hypervisor(type))
        with self._change() as domain:
            domain.type = type
        return self

    def os(self, name: str) -> Self:
        """Say which operating system it runs: it decides which devices the guest gets by default.

        Args:
            name: a name of osinfo's, such as "debian12" or "win11"; `virtxml install --osinfo list` shows all.
                Without this, a current Linux is meant.

        Raises BuildError, with the nearest names, for an unknown one.
        """
        with refusals():
            system_of(name)
        self._system = name
        return self

    def arch(self, arch: str) -> Self:
        """Choose the architecture, such as "aarch64"; "x86_64" without this.

        Raises BuildError for one that QEMU does not know, and if the machine chosen before has another.
        """
        with self._change() as domain:
            type_of(domain).arch = _ALIASES.get(arch, arch)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        return self

    def machine(self, machine: str) -> Self:
        """Choose the machine, such as "q35", "pc" or "virt"; without this, the usual one of the architecture.

        Raises BuildError for text that is no machine's name, and if what was asked for before needs another one.
        """
        with self._change() as domain:
            type_of(domain).machine = machine
        return self

    def emulator(self, path: str) -> Self:
        """Choose the program that runs it, by its path on the host."""
        with self._change() as domain:
            devices_of(domain).emulator = path
        return self

    def title(self, text: str) -> Self:
        """Give it a title of one line."""
        with self._change() as domain:
            domain.title = text
        return self

    def description(self, text: str) -> Self:
        """Describe it to people."""
        with self._change() as domain:
            domain.description = text
        return self

    def genid(self, value: str = "random") -> Self:
        """Give it a generation ID, by which Windows notices that it was cloned or set back.

        Args:
            value: a UUID; "random" for a new one.

        Raises BuildError for what is no UUID.
        """
        with self._change() as domain:
            domain.genid = identity(value)
        return self

    def metadata(self, element: AnyElement | str) -> Self:
        """Keep something of your own in the document: libvirt stores it, and does not look into it.

        Args:
            element: an element, or its text, in a namespace of your own:
                `<my:owner xmlns:my="https://example.org/vm">ops</my:owner>`.

        Raises BuildError for what is not one well-formed element, and for an element without a namespace or in one
        that is taken, as libvirt keeps one element of each namespace.
        """
        with self._change() as domain:
            added = _parsed(element) if isinstance(element, str) else deepcopy(element)
            domain.metadata = domain.metadata or AnyElement("metadata")
            domain.metadata.content.append(added)
        return self

    def on_poweroff(self, action: OffAction) -> Self:
        """Choose what happens when the guest switches itself off."""
        with self._change() as domain:
            domain.on_poweroff = action
        return self

    def on_reboot(self, action: OffAction) -> Self:
        """Choose what happens when the guest starts again."""
        with self._change() as domain:
            domain.on_reboot = action
        return self

    def on_crash(self, action: CrashAction) -> Self:
        """Choose what happens when the guest crashes."""
        with self._change() as domain:
            domain.on_crash = action
        return self


def _parsed(text: str) -> AnyElement:
    from ...schema.domain import Domain

    with refusals():
        metadata = Domain.from_xml(f"<domain><metadata>{text}</metadata></domain>").metadata
    if metadata is None or len(metadata.children) != 1 or metadata.text.strip():
        raise BuildError("metadata: one element is wanted")
    return metadata.children[0]
