"""A complete program that builds a document."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from virtxml.content import AnyElement, without_layout

from .changes import code_length
from .expressions import lines
from .imports import Imports
from .models import ModelWriter, elements, snake_case

if TYPE_CHECKING:
    from virtxml.node import Node

    from .chains import Call
    from .plans import Group, Plan

_NO_BUILDER = "# There is no builder of <{}>."
_LONGER = "# By models: with builders it would be longer, as they have no words for much of it."
_THE_REST = "# What builders have no words for."


def python_program(node: Node, *, builders: bool = False) -> str:
    """Return a Python program that builds an object equal to this one, and prints it as XML.

    Only what is set is in it; the XML that it prints is that of ``to_xml``, to the character. Lines have at most 100
    columns, unless a name or a number is longer. The code holds what the object holds, passwords too.

    Args:
        node: the object.
        builders: whether it is built by `virtxml.builders`, with what they have no words for set afterwards. Where
            that makes the program longer, or there is no builder, it has models, and says so.

    Raises ValueError and TypeError as ``to_xml`` does.
    """
    bare = _without_layout(node)
    by_models = _by_models(bare, None)
    if not builders:
        return by_models
    from .calls import calls_of

    found = calls_of(bare)
    if found is None:
        return _by_models(bare, _NO_BUILDER.format(_tag(node)))
    plan = _planned(bare, *found)
    if plan is not None:
        by_builders = _by_builders(bare, plan)
        if not plan.changes or code_length(by_builders.splitlines()) < code_length(by_models.splitlines()):
            return by_builders
    return _by_models(bare, _LONGER)


def _planned(node: Node, start: Call, groups: list[Group]) -> Plan | None:
    from virtxml import builders

    from .plans import Planner

    # What is only measured must not be imported by the program.
    measuring = ModelWriter(Imports(type(node).__module__))
    return Planner(node, _name(node), start, measuring).plan(lambda call: call.of(builders), groups)


def _by_models(node: Node, remark: str | None) -> str:
    imports = Imports(type(node).__module__)
    writer = ModelWriter(imports)
    expression = writer.expression(node)
    statements = [*writer.statements, (_name(node), expression)]
    code = [line for target, value in statements for line in lines(value, f"{target} = ")]
    return _assembled(node, imports, "virtxml", [code], remark)


def _by_builders(node: Node, plan: Plan) -> str:
    from .chains import Call, Chain

    name = _name(node)
    imports = Imports(type(node).__module__)
    writer = ModelWriter(imports)
    calls = [call.expression(writer) for call in (*plan.calls, Call("build"))]
    chain = list(lines(Chain(imports.name("virtxml", "builders"), calls), f"{name} = "))
    rest = [line for change in plan.changes for line in change.lines(writer)]
    before = [line for target, value in writer.statements for line in lines(value, f"{target} = ")]
    blocks = [before + chain]
    if rest:
        blocks.append([_THE_REST, *rest])
    return _assembled(node, imports, "virtxml's builders", blocks, None)


def _assembled(node: Node, imports: Imports, means: str, blocks: list[list[str]], remark: str | None) -> str:
    """Return a program of blocks of lines."""
    head = [f'"""Build <{_tag(node)}> with {means}, and print its XML."""']
    parts = [
        head,
        [remark] if remark else [],
        list(imports.lines()),
        *blocks,
        [f'print({_name(node)}.to_xml(), end="")'],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _tag(node: Node) -> str:
    return node.xml_name.rpartition("}")[2]


def _name(node: Node) -> str:
    """Return the name of the variable with the object."""
    return snake_case(type(node).__name__)


def _without_layout(node: Node) -> Node:
    """Return an object without the white space that lays out unknown content, if the same is written without it."""
    bare = deepcopy(node)
    for element in elements(bare):
        if isinstance(element, AnyElement):
            element.content = without_layout(element.content)
    return bare if bare.to_xml() == node.to_xml() else node
