"""What a domain says of itself: title, description, metadata, and what happens when it ends."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ...content.elements import AnyElement, write_any
from ...errors import ParseError
from ...guests.hardware import QEMU_TYPES
from ...schema.domain import Domain
from ..command import CONFIG, CURRENT, DOMAIN, LIVE, WHEN, Command, Option, flag
from ..errors import UsageError, VirshError
from ..said import one_of

if TYPE_CHECKING:
    from ..said import Said

_NO_EDITOR = "--edit: no editor is opened: say the text, or edit the document"


def _describe(said: Said, domain: Domain) -> str | None:
    if said.on("edit"):
        raise VirshError(_NO_EDITOR)
    field = "title" if said.on("title") else "description"
    if not said.has("new-desc"):
        found = getattr(domain, field)
        return f"{found or f'No {field} for domain: {domain.name}'}\n"
    text = " ".join(said.texts("new-desc"))
    if field == "title" and "\n" in text:
        raise VirshError("a title is one line")
    setattr(domain, field, text or None)
    return None


def _keep(said: Said, domain: Domain) -> str | None:
    uri, text = said.text("uri"), said.text("set")
    if said.on("edit"):
        raise VirshError(_NO_EDITOR)
    metadata = domain.metadata
    found = [] if metadata is None else [one for one in metadata.children if _uri(domain, metadata, one) == uri]
    if text is None and not said.on("remove"):
        if not found:
            raise VirshError(f"there is no metadata of {uri}")
        return _written(found[0], uri)
    added = None
    if text is not None:
        if not said.has("key"):
            raise UsageError("metadata: --set needs --key, the prefix of the namespace")
        added = _in_namespace(_parsed(text), said.text("key"), uri)
    if metadata is not None:
        metadata.content[:] = [item for item in metadata.content if not any(item is one for one in found)]
    if added is not None:
        if metadata is None:
            metadata = domain.metadata = AnyElement("metadata")
        metadata.content.append(added)
    return None


def _uri(domain: Domain, metadata: AnyElement, element: AnyElement) -> str | None:
    """Return the namespace of an element of metadata."""
    prefix, colon, _ = element.name.partition(":")
    declared = {} if domain.extra is None else dict(domain.extra.namespaces)
    return {**declared, **metadata.namespaces, **element.namespaces}.get(prefix if colon else "")


def _parsed(text: str) -> AnyElement:
    """Return the element that a text is. Raises VirshError for what is not one well-formed element."""
    try:
        metadata = Domain.from_xml(f"<domain><metadata>{text}</metadata></domain>").metadata
    except ParseError as error:
        raise VirshError(f"--set: {error.reason}") from None
    if metadata is None or len(metadata.children) != 1 or metadata.text.strip():
        raise VirshError("--set: one element is wanted")
    return metadata.children[0]


def _in_namespace(element: AnyElement, key: str, uri: str) -> AnyElement:
    """Return an element with all in it that has no prefix in a namespace."""
    pending = [(element, False)]
    while pending:
        one, has_default = pending.pop()
        has_default = bool(one.namespaces.get("", has_default))
        if ":" not in one.name and not has_default:
            one.name = f"{key}:{one.name}"
        pending.extend((child, has_default) for child in one.children)
    element.namespaces[key] = uri
    return element


def _written(element: AnyElement, uri: str) -> str:
    """Return the text of an element of metadata, without the prefix of its namespace."""
    bare = deepcopy(element)
    prefixes = {name for name, other in bare.namespaces.items() if other == uri}
    for one in bare.iter():
        prefix, _, name = one.name.rpartition(":")
        one.name = name if prefix in prefixes else one.name
    bare.namespaces = {name: other for name, other in bare.namespaces.items() if other != uri}
    out: list[str] = []
    write_any(bare, out, "")
    return "".join(out)


_ENDS = {"poweroff": "on_poweroff", "reboot": "on_reboot", "crash": "on_crash"}
_ACTIONS = ("destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart")


def _set_action(said: Said, domain: Domain) -> str | None:
    end, action = said.text("type"), said.text("action")
    one_of(end, tuple(_ENDS), "the type")
    one_of(action, _ACTIONS, "the action")
    if end != "crash":
        if action.startswith("coredump"):
            raise VirshError(f"{action} is for crashes only")
        if action == "preserve" and domain.type in QEMU_TYPES:
            raise VirshError(f"QEMU has no preserve for {end}")
    if action == "rename-restart" and domain.type in QEMU_TYPES:
        raise VirshError("QEMU has no rename-restart")
    after = {**{one: getattr(domain, field) for one, field in _ENDS.items()}, end: action}
    if domain.type in QEMU_TYPES and (after["poweroff"], after["reboot"]) == ("restart", "destroy"):
        raise VirshError("QEMU cannot restart a guest that switches itself off, and end one that starts again")
    setattr(domain, _ENDS[end], action)
    return None


COMMANDS = (
    Command(
        "desc",
        "change the description or title of a domain; without a text, show it",
        (
            DOMAIN,
            LIVE,
            CONFIG,
            CURRENT,
            flag("title", "the title, which is one line"),
            flag("edit", "open an editor: refused"),
            Option("new-desc", "the text; an empty one takes it out", empty=True, repeated=True),
        ),
        _describe,
        Domain,
    ),
    Command(
        "metadata",
        "keep an element of your own in a domain; without one, show what is kept",
        (
            DOMAIN,
            Option("uri", "the URI of its namespace", "URI", required=True),
            LIVE,
            CONFIG,
            CURRENT,
            flag("edit", "open an editor: refused"),
            Option("key", "the prefix of the namespace"),
            Option("set", "the element", "XML"),
            flag("remove", "take it out"),
        ),
        _keep,
        Domain,
        exclusive=(("set", "remove"), ("edit", "set"), ("edit", "remove")),
    ),
    Command(
        "set-lifecycle-action",
        "change what happens when a domain switches itself off, starts again or crashes",
        (
            DOMAIN,
            Option("type", "when: poweroff, reboot, crash", required=True),
            Option("action", "what: destroy, restart, preserve …", required=True),
            *WHEN,
        ),
        _set_action,
        Domain,
    ),
)
