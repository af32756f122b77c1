"""What lint says of documents in the words of builders: the step that brought it, and why it cannot work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lint import Host, Linter, Selection
from ..lint.running import facts_of, problems
from .errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..element import Element
    from ..lint import Met, Problem, Rule

Found = tuple["Rule", "Problem"]

_BESIDES = ("current-memory-above", "duplicate-mac", "kvm-features-without-kvm", "metadata-dropped", "vcpupin-beyond")
"""What builders refuse beside errors: libvirt takes it, and nobody who takes a step can have meant it."""
_ASKED = Selection(("default", *_BESIDES))
_STEPS = {
    "cell": "numa_cell",
    "cputune": "cpu_limits",
    "currentMemory": "memory",
    "filesystem": "share",
    "hugepages": "hugepages",
    "interface": "network",
    "iothread": "iothreads",
    "iothreadpin": "pin_iothread",
    "launchSecurity": "launch_security",
    "loader": "uefi",
    "maxMemory": "memory",
    "memoryBacking": "memory_backing",
    "memtune": "memory_limits",
    "numatune": "numa_memory",
    "os": "boot",
    "topology": "vcpus",
    "vcpu": "vcpus",
    "vcpupin": "pin_vcpu",
}
"""The steps that bring elements, by the names of these; others are called as their elements."""
_WHOLES = ("domain", "devices")
"""What rules are about that compare parts of a document: the part is to blame."""


def early_errors(model: Element, host: Host, met: Met) -> Iterator[Found]:
    """Iterate over the errors of a document that is not complete: nothing that is added could make them right.

    Args:
        model: the document.
        host: where it is to be used.
        met: what was met in the parts of it that are left out; what is met in it is noted there.
    """
    facts = facts_of(model, host, met)
    facts.complete = False
    return filter(_is_refused, problems(facts, _ASKED, early=True))


def errors_worded(model: Element, libvirt: str) -> list[str]:
    """Return why a release of libvirt refuses a complete document, or cannot start it: nothing for a good one."""
    return [worded(*found) for found in _errors(model, Host(libvirt))]


def refuse_errors(model: Element, libvirt: str, *, excused: Collection[str] = ()) -> None:
    """Raise BuildError for a complete document that a release of libvirt refuses, or cannot start.

    Args:
        model: the document.
        libvirt: the release.
        excused: reasons that do not count, as `errors_worded` words them.
    """
    host = Host(libvirt)
    found = [one for one in _errors(model, host) if worded(*one) not in excused]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise BuildError(f"{worded(*found[0])}{more}", Linter(host).told(model, found))


def _errors(model: Element, host: Host) -> list[Found]:
    return [*filter(_is_refused, problems(facts_of(model, host), _ASKED))]


def _is_refused(found: Found) -> bool:
    rule, _ = found
    return rule.severity == "error" or rule.name in _BESIDES


def worded(rule: Rule, problem: Problem) -> str:
    """Return what is wrong, beginning with the step that is to blame: "disk: another disk is called vda, too"."""
    from ..lint.places import filled

    cls = type(problem.node)
    name, *about = cls.xml_name, *reversed(rule.about.split("/"))
    if name in _WHOLES and problem.field:
        name = cls.xml_fields[problem.field].xml
    steps = [_STEPS[one] for one in (name, *about) if one in _STEPS]
    step = steps[0] if steps else name if about[0] in _WHOLES else about[0]
    help_ = filled(problem.help, problem)
    return f"{step}: {filled(problem.says, problem)}{f'; {help_}' if help_ else ''}"
