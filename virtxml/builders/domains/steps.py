"""The ground on which the steps of a guest's builder stand: what is said so far, and how it is judged."""

from __future__ import annotations

from copy import copy, deepcopy
from typing import TYPE_CHECKING

from ...guests.osinfo.noted import noted_os
from ...lint import Host
from ...releases import is_older
from ...schema.domain import Devices, Domain, Features, FeaturesHyperv, Memory, Os, OsType
from ..base import NamedBuilder
from ..drafts import beside_one_of, grows_only, news_of, part_of
from ..errors import BuildError, refusals
from ..judging import errors_worded, refuse_errors
from ..values.kinds import check_kinds
from ..values.names import checked_name
from .completion import USUAL_SYSTEM, complete, system_of, usual_machine
from .rules import broken_rule, reasons
from .rules.cpus import missing_cpus
from .rules.machine import arch_of
from .rules.met import Met

if TYPE_CHECKING:
    from collections.abc import Collection

    from typing_extensions import Self

    from ...schema.storagevol import StorageVolume
    from .going_on import StandsFor

_SHOWN_MEMORY = 1024 * 1024

TYPES = ("kvm", "qemu", "test")
"""The hypervisors whose guests builders make."""


class DomainSteps(NamedBuilder[Domain]):
    """Holds what is said of a guest so far."""

    def __init__(self, start: str | Domain) -> None:
        """Start a guest of a name, or go on from one. Raises BuildError as `virtxml.builders.domain` does."""
        super().__init__(Domain(devices=Devices(), os=Os(type=OsType()), features=Features()))
        self._system = USUAL_SYSTEM
        self._root_ports: int | None = None
        self._new_volumes: dict[str, StorageVolume] = {}
        self._met = Met()
        self._excused: frozenset[str] = frozenset()
        self._always_excused: frozenset[str] = frozenset()
        self._original: Domain | None = None
        self._stands_for: StandsFor = {}
        if isinstance(start, Domain):
            self._go_on(start)
        else:
            with self._change() as domain:
                domain.name = checked_name(start, "a guest")

    def _go_on(self, original: Domain) -> None:
        """Go on from a guest that is there. Raises BuildError for one of another hypervisor."""
        from .going_on import bare

        if original.type not in TYPES:
            raise BuildError(other_hypervisor(original.type))
        system = noted_os(original)
        if system is not None:
            self._system = system.short_id
        self._original, self._stands_for, self._met = original, {}, Met()
        self._model = bare(original, self._stands_for)
        self._excuse(self._model, self._met)
        self._met.keep_devices(self._model)

    def _excuse(self, model: Domain, met: Met) -> None:
        """Excuse what is wrong already with the guest to go on from: it is not for steps to mend."""
        host = self._host_of(model)
        self._excused = frozenset(reasons(model, host, met))
        self._always_excused = frozenset(reasons(_with_devices(model, Devices()), host, Met(), more_devices=True))

    def for_libvirt(self, release: str) -> Self:
        """Build for a release of libvirt: what its schemas do not know is refused.

        Args:
            release: any release, or a system that libvirt comes with, as `virtxml.releases.choose` takes them:
                "9.0.0", "debian12". The newest is meant without this.

        Raises BuildError for what is neither, and if what was said so far needs a newer one; what is missing still may
        be said later.
        """
        super().for_libvirt(release)
        if self._original is not None:
            from .going_on import bare

            self._excuse(bare(self._original, {}), Met())
        return self

    def build(self) -> Domain:
        """Return the document: complete, valid, and yours to change.

        Of a guest that was there, that is the model that the builder was given: what the steps bring is put into it,
        with what that needs, and all else stays as it is.

        Raises BuildError if something is missing, if a function of `customize` made it invalid, and for what libvirt
        would refuse though its schemas allow it: of a guest that was there, for what it had not refused before.
        """
        original = self._original
        if original is None:
            return super().build()
        from .going_on import Completion, bare, bring

        with refusals():
            before = Completion(bare(original, self._stands_for), self._completed, self._stands_for)
            after = Completion(self._model, self._completed, self._stands_for)
        self._judge(after.domain)
        known = errors_worded(before.domain, self._libvirt)
        refuse_errors(after.domain, self._libvirt, excused=known)
        bring(original, before, after)
        for change in self._customizations:
            change(original)
        if self._customizations:
            self._judge(original)
            refuse_errors(original, self._libvirt, excused=known)
        self._customizations = []
        self._go_on(original)
        return original

    def _check(self, draft: Domain) -> None:
        """Raise BuildError if what was said last cannot work, by itself or with what was said before."""
        before = self._model
        news = news_of(devices_of(draft), before.devices)
        said = part_of(_with_devices(draft, None), _with_devices(before, None))
        part = _with_devices(said, beside_one_of(devices_of(draft), before.devices))
        check_kinds(part)
        more_devices = self._met.domain is before and _has_only_more_devices(draft, before)
        met = self._met if more_devices else Met()
        new = _with_devices(draft, news)
        reason = broken_rule(
            new if more_devices else draft,
            self._host_of(draft),
            met,
            more_devices=more_devices,
            excused=self._always_excused if more_devices else self._excused,
        )
        if reason is not None:
            raise BuildError(reason)
        if not self._is_valid(self._part_completed(part)):
            # Messages count new devices only, unless what is wrong is that there are others.
            for shown in (new, draft):
                self._judge(self._part_completed(shown))
        met.keep_devices(draft)
        self._met = met

    def _host_of(self, draft: Domain) -> Host:
        """Return what is known of the libvirt that a guest is for, and the machine that it gets if it names none."""
        arch = arch_of(draft)
        machine = "" if draft.type == "test" else usual_machine(arch, self._system)
        return Host(self._libvirt, arch, machine)

    def _part_completed(self, part: Domain) -> Domain:
        """Return a complete guest with what a part of one has, but for ports that are for later devices."""
        return self._completed(self._filled(deepcopy(part)), root_ports=0)

    def _missing(self, model: Domain) -> str | None:
        if self._lacks_memory(model):
            return f"how much memory does the guest have? Say memory('2 GiB'): {self._system} does not tell its needs"
        return missing_cpus(model, system_of(self._system).default_resources(arch_of(model)).cpus or 1)

    def _lacks_memory(self, model: Domain) -> bool:
        return model.memory is None and system_of(self._system).default_resources(arch_of(model)).ram is None

    def _filled(self, draft: Domain) -> Domain:
        if self._lacks_memory(draft):
            draft.memory = Memory(value=_SHOWN_MEMORY)
        return draft

    def _completed(self, draft: Domain, *, root_ports: int | None = None) -> Domain:
        said = draft.features.hyperv if draft.features is not None else None
        asked = {name for name in FeaturesHyperv.xml_fields if said is not None and getattr(said, name) is not None}
        made = complete(
            draft,
            system=self._system,
            new_files=self._new_volumes,
            root_ports=self._root_ports if root_ports is None else root_ports,
        )
        if made.features is not None and made.features.hyperv is not None:
            self._drop_newer(made.features.hyperv, asked)
        if made.features == Features():
            made.features = None
        return made

    def _drop_newer(self, hyperv: FeaturesHyperv, asked: Collection[str]) -> None:
        """Take back enlightenments that nobody asked for, and that the release does not know."""
        for name in hyperv.xml_fields:
            if name not in asked and is_older(self._libvirt, hyperv.since(name)):
                setattr(hyperv, name, None)


def other_hypervisor(kind: object) -> str:
    """Return what to say of a guest of a type that builders do not make."""
    return (
        f"builders make guests of the types {', '.join(TYPES[:-1])} and {TYPES[-1]}, not {kind!r}: "
        "their defaults are QEMU's; for other hypervisors use the models of virtxml.schema.domain"
    )


def _with_devices(domain: Domain, devices: Devices | None) -> Domain:
    """Return a domain that shares all with another but for its devices."""
    made = copy(domain)
    made.devices = devices
    return made


def _has_only_more_devices(draft: Domain, before: Domain) -> bool:
    """Tell whether nothing else is new than devices of which a guest may have several."""
    if _with_devices(draft, None) != _with_devices(before, None):
        return False
    for field in Devices.xml_fields.values():
        now, then = getattr(draft.devices, field.slot), getattr(before.devices, field.slot)
        if not (grows_only(now or [], then or []) if field.many else now == then):
            return False
    return True


def devices_of(domain: Domain) -> Devices:
    """Return the devices of a draft, which has them always."""
    if domain.devices is None:
        domain.devices = Devices()
    return domain.devices


def os_of(domain: Domain) -> Os:
    """Return the `<os>` of a draft, which has it always."""
    if domain.os is None:
        domain.os = Os(type=OsType())
    return domain.os


def type_of(domain: Domain) -> OsType:
    """Return the `<type>` of a draft, which has it always."""
    os = os_of(domain)
    if os.type is None:
        os.type = OsType()
    return os.type


def features_of(domain: Domain) -> Features:
    """Return the features of a draft, which has them always."""
    if domain.features is None:
        domain.features = Features()
    return domain.features
