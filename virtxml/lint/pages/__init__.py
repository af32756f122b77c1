"""A page for each rule, in Markdown, made of its registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...kinds.reading import read_text
from ..linting import Linter
from ..rule import REGISTERED
from ..rules import TOGETHER, load_all
from ..selection import Selection
from ..together import run
from .examples import files, host_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..rule import Rule

_ALONE = {
    "define": "libvirt refuses such a document when it is defined.",
    "start": "libvirt takes the document, and the guest does not start.",
    "warning": "libvirt takes such a document without a word, and what comes of it is hardly what was meant.",
    "info": "Advice: libvirt takes such a document and does what it says.",
}
"""What severities and phases mean, of a rule over one document."""
_TOGETHER = {
    "define": "libvirt refuses the last of such documents when it is defined.",
    "start": "libvirt takes such documents, and does not start what the second says while the first is active.",
    "warning": "libvirt takes such documents, and something goes wrong when what they say is active.",
    "info": "Advice: libvirt takes such documents, and they cannot all be active.",
}
"""What they mean of a rule over several documents."""
_NEEDS = {
    "arch": "the architecture of the guest, from its document or `--arch`",
    "machine": "the machine of the guest, from its document or `--machine`",
    "capabilities": "the capabilities of the host: `--capabilities FILE`",
    "domcapabilities": "what guests can have on the host: `--domcapabilities FILE`",
}
_PARAGRAPH = "\n\n"


def rules() -> list[Rule]:
    """Return all rules, in the order of their codes."""
    load_all()
    return sorted([*REGISTERED.values()], key=lambda rule: rule.code)


def named(name: str) -> Rule | None:
    """Return the rule of a name or a code; None if there is none."""
    return next((rule for rule in rules() if name.lower() == rule.name or name.upper() == rule.code), None)


def page(rule: Rule) -> str:
    """Return the page of a rule."""
    return f"{_PARAGRAPH.join(_parts(rule))}\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name} ({rule.code})"
    yield f"{rule.title}."
    yield rule.why
    meant = _TOGETHER if rule.about == TOGETHER else _ALONE
    yield f"*{rule.severity.capitalize()}.* {meant[rule.phase or rule.severity]}{_asked(rule)}"
    if rule.words:
        yield f"In the words that are printed where that goes wrong:{_PARAGRAPH}{_block('text', rule.words)}"
    yield f"## Wrong{_PARAGRAPH}{_block('xml', rule.bad)}"
    yield f"virtxml says:{_PARAGRAPH}{_block('text', _said(rule))}"
    yield f"## Right{_PARAGRAPH}{_block('xml', rule.good)}"
    fixes = _fixes(rule)
    if fixes:
        yield f"## Fix{_PARAGRAPH}{fixes}"
    conditions = _conditions(rule)
    if conditions:
        yield f"## When{_PARAGRAPH}{conditions}"
    yield (
        f"To leave it out: `--ignore {rule.name}`, or a comment before the element: "
        f"`<!-- virtxml: ignore[{rule.name}] why -->`."
    )


def _asked(rule: Rule) -> str:
    if rule.group:
        return f" It is only looked for on request: `--select {rule.group}`."
    return f" It is only looked for on request: `--select {rule.name}`." if rule.severity == "info" else ""


def _block(language: str, text: str) -> str:
    stripped = text.strip("\n")
    return f"```{language}\n{stripped}\n```"


def _said(rule: Rule) -> str:
    """Return what is said of the bad example."""
    if rule.about == TOGETHER:
        return _said_together(rule)
    found = Linter(host_of(rule), Selection((rule.code,))).run(read_text(whole(rule, rule.bad)))
    return "\n".join(f"{one.message}{f' ({one.help})' if one.help else ''}" for one in found)


def _said_together(rule: Rule) -> str:
    """Return what is said of the bad example of a rule over several documents."""
    found = run(files(rule.bad), Linter(host_of(rule), Selection((rule.code,))))
    return "\n".join(
        ": ".join([f"{name}:{one.line}", one.message, *(f"{place.message}" for place in one.related)])
        for name, each in found.items()
        for one in each
    )


def _fixes(rule: Rule) -> str:
    """Return what `virtxml fix` does about the bad example."""
    if rule.about == TOGETHER:
        return ""
    model = read_text(whole(rule, rule.bad))
    found = Linter(host_of(rule), Selection((rule.code,))).problems(model)
    fixes = {fix.says: fix.safe for _, problem in found if (fix := problem.fix) is not None}
    return "\n".join(
        f"`virtxml fix{'' if safe else ' --unsafe'}` can do it: {says}." for says, safe in sorted(fixes.items())
    )


def _conditions(rule: Rule) -> str:
    """Return where the rule holds."""
    lines = []
    if rule.since:
        lines.append(f"- from libvirt {rule.since} on")
    if rule.until:
        lines.append(f"- before libvirt {rule.until}")
    if rule.drivers:
        lines.append(f"- guests of {' and '.join(one.upper() if one == 'qemu' else one for one in rule.drivers)}")
    lines += [f"- it needs {_NEEDS[need]}" for need in rule.needs]
    if rule.about == TOGETHER:
        lines.append("- it needs several documents, which are looked at together: `--together`")
    return "\n".join(lines)


def index() -> str:
    """Return the page that lists all rules."""
    rows = [
        f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.title} | {rule.severity} |"
        f" {rule.phase or rule.group or ''} |"
        for rule in rules()
    ]
    head = (
        "# Rules\n\nWhat libvirt refuses, drops or changes although its schemas allow it, and what else is worth "
        "knowing of a document. `virtxml explain NAME` prints a page.\n\n"
        "| code | name | what | severity | when, or group |\n| --- | --- | --- | --- | --- |\n"
    )
    return head + "\n".join(rows) + "\n"
