"""A complete program that builds a document."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from virtxml.content import AnyElement, without_layout

from .expressions import lines
from .imports import Imports
from .models import ModelWriter, elements, snake_case

if TYPE_CHECKING:
    from virtxml.node import Node


def python_program(node: Node) -> str:
    """Return a Python program that builds an object equal to this one, and prints it as XML.

    Only what is set is in it; the XML that it prints is that of ``to_xml``, to the character. Lines have at most 100
    columns, unless a name or a number is longer. The code holds what the object holds, passwords too.

    Raises ValueError and TypeError as ``to_xml`` does.
    """
    imports = Imports(type(node).__module__)
    writer = ModelWriter(imports)
    name = snake_case(type(node).__name__)
    expression = writer.expression(_without_layout(node))
    statements = [*writer.statements, (name, expression)]
    blocks = [
        [f'"""Build <{node.xml_name.rpartition("}")[2]}> with virtxml, and print its XML."""'],
        list(imports.lines()),
        [line for target, value in statements for line in lines(value, f"{target} = ")],
        [f'print({name}.to_xml(), end="")'],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _without_layout(node: Node) -> Node:
    """Return an object without the white space that lays out unknown content, if the same is written without it."""
    bare = deepcopy(node)
    for element in elements(bare):
        if isinstance(element, AnyElement):
            element.content = without_layout(element.content)
    return bare if bare.to_xml() == node.to_xml() else node
