"""`--xml` and `xpathN.set`, `.create`, `.delete`: changes of the finished document, by XPath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...content import Extra
from ..errors import InstallError
from .applied import LateAction
from .declaring import Option, Sub

if TYPE_CHECKING:
    from lxml import etree

    from ...node import Node
    from ...schema.domain import Domain
    from .applied import Applied
    from .work import Work

_MARK = "virtxml-late"
"""An attribute, gone before anybody sees it: elements are copied and moved between here and the end."""

_VERBS = ("set", "create", "delete")


def _clear(work: Work, value: Any) -> None:
    """Forget what earlier occurrences of the option said."""
    if value and work.node is not None:
        for name in work.node.xml_fields:
            empty = type(work.node)()
            setattr(work.node, name, getattr(empty, name))
        work.node.extra = None


def _remember(work: Work, value: Any) -> None:
    """Note an action for the end."""
    assert work.key is not None
    number, verb = work.key.split(".")
    if value is None:
        raise work.error("an XPath is missing")
    work.said[f"\0{number}.{verb}"] = value


XPATH_SUBS = Option(
    "",
    None,
    [
        Sub("clearxml", switch=True, handler=_clear),
        *(Sub(f"xpath*.{verb}", comma=True, handler=_remember) for verb in (*_VERBS, "value")),
    ],
)
for _order, _sub in enumerate(XPATH_SUBS.subs):
    _sub.order = _order - len(XPATH_SUBS.subs)


def mark(node: Node, name: str) -> None:
    """Give an element a mark that `run` finds it by."""
    if node.extra is None:
        node.extra = Extra()
    node.extra.attributes[_MARK] = name


def _marks(node: Node) -> str | None:
    return node.extra.attributes.get(_MARK) if node.extra else None


def remember_actions(work: Work, *, inside: bool) -> None:
    """Move the XPath actions of an occurrence to what has been applied, by their numbers.

    ``inside`` is whether they start from the element that the option is about, and not from the domain.
    """
    said = {key[1:]: work.said.pop(key) for key in list(work.said) if key[0] == "\0"}
    if not said:
        return
    target = None
    if work.node is not None and inside:
        target = _marks(work.node) or f"{len(work.applied.late_actions)}"
        mark(work.node, target)
    prefixes = sorted({key.partition(".")[0] for key in said}, key=lambda each: int(each[5:11] or 0))
    for prefix in prefixes:
        values = {verb: said.get(f"{prefix}.{verb}") for verb in (*_VERBS, "value")}
        work.applied.late_actions += actions_of(values, target, work.name)


def actions_of(values: dict[str, Any], target: str | None, option: str) -> list[LateAction]:
    """Return the action that "set", "create", "delete" and "value" of one number stand for: only one of them counts.

    Raises InstallError for "set" without a value.
    """
    if values["create"]:
        return [LateAction("create", values["create"], None, target, option)]
    if values["set"]:
        xpath, value = values["set"], values["value"]
        if value is None:
            xpath, equals, value = _assignment(xpath)
            if not equals:
                raise InstallError("a value is missing: XPATH=VALUE", option=option, key="set", value=values["set"])
        return [LateAction("set", xpath, value, target, option)]
    return [LateAction("delete", values["delete"], None, target, option)] if values["delete"] else []


def _assignment(text: str) -> tuple[str, str, str]:
    """Split an assignment at the first "=" that is not inside of brackets, as in `./a[@b='c']/@d=e`."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == "=" and depth <= 0:
            return text[:place], "=", text[place + 1 :]
    return text, "", ""


def run(applied: Applied, domain: Domain) -> Domain:
    """Return a domain after all late actions. Raises InstallError for an XPath that is wrong."""
    if not applied.late_actions:
        return domain
    from lxml import etree

    root = etree.fromstring(domain.to_xml())
    starts = {element.attrib.pop(_MARK): element for element in root.iter() if _MARK in element.attrib}
    for action in applied.late_actions:
        start = root if action.target is None else starts.get(action.target)
        if start is not None:
            _act(action, start)
    return type(domain).from_xml(etree.tostring(root.getroottree(), encoding="unicode"))


def _act(action: LateAction, start: etree._Element) -> None:
    from lxml import etree

    try:
        if action.verb == "delete":
            _delete(action.xpath, start)
        else:
            _make(action, start)
    except (etree.XPathError, ValueError, TypeError) as error:
        raise InstallError(f"no XPath that can be changed ({error})", option=action.option, key=action.xpath) from None


def _namespaces(start: etree._Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in start.nsmap.items() if prefix}


def _find(start: etree._Element, xpath: str) -> list[Any]:
    found = start.xpath(xpath, namespaces=_namespaces(start))
    if not isinstance(found, list):
        raise TypeError("it gives a value, no element")
    return found


def _delete(xpath: str, start: etree._Element) -> None:
    for found in _find(start, xpath):
        parent = found.getparent()
        if parent is None:
            raise ValueError("the document itself cannot be deleted")
        if getattr(found, "is_attribute", False):
            del parent.attrib[found.attrname]
        elif isinstance(found, str):
            parent.text = None
        else:
            parent.remove(found)


def _make(action: LateAction, start: etree._Element) -> None:
    """Make what an XPath names as far as it is not there, and give it its value."""
    xpath, slash, attribute = action.xpath.rpartition("/@")
    if not slash:
        xpath, attribute = action.xpath, ""
        if xpath[:1] == "@":
            xpath, attribute = ".", xpath[1:]
    if slash and not attribute:
        raise ValueError("the name of the attribute is missing")
    element = _reach(start, xpath)
    if attribute:
        if action.verb == "create" or action.value is None:
            element.set(attribute, element.get(attribute, ""))
        elif action.value == "":
            element.attrib.pop(attribute, "")
        else:
            element.set(attribute, action.value)
    elif action.verb == "set" and action.value == "":
        _delete(xpath, start)
    elif action.verb == "set":
        element.text = action.value


def _reach(start: etree._Element, xpath: str) -> etree._Element:
    """Return the first element that an XPath finds; what is lacking of a plain path is made."""
    from lxml import etree

    found = _find(start, xpath)
    if found:
        if not isinstance(found[0], etree._Element):
            raise TypeError("it gives a value, no element")
        return found[0]
    parent_path, slash, name = xpath.rpartition("/")
    if slash and not parent_path:
        raise ValueError("there is one root element")
    name = name.partition("[")[0]
    parent = _reach(start, parent_path or ".")
    if ":" in name:
        prefix, _, name = name.partition(":")
        name = f"{{{start.nsmap[prefix]}}}{name}" if prefix in start.nsmap else f"{prefix}:{name}"
    return etree.SubElement(parent, name)
