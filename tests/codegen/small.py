"""A small schema of our own, and the classes that the generator makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.names import Kind, Names
from codegen.pipeline import build_models

if TYPE_CHECKING:
    from pathlib import Path

    from codegen.model import ClassModel

SCHEMA = """\
<grammar xmlns='http://relaxng.org/ns/structure/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>
  <start>
    <element name='box'>
      <optional><attribute name='password'/></optional>
      <optional><element name='weight'>
        <optional><attribute name='unit'/></optional>
        <ref name='number'/>
      </element></optional>
      <zeroOrMore><element name='key'><attribute name='code'><text/></attribute><text/></element></zeroOrMore>
      <zeroOrMore>
        <element name='address'>
          <choice>
            <group><attribute name='type'><value>street</value></attribute><attribute name='number'/></group>
            <group>
              <attribute name='type'><value>pole</value></attribute>
              <attribute name='x'><ref name='number'/></attribute>
            </group>
          </choice>
        </element>
      </zeroOrMore>
    </element>
  </start>
  <define name='number'><data type='integer'/></define>
</grammar>
"""


def small_names(**tables: Any) -> Names:
    """Return decisions about the small schema."""
    tables = {"urls": {"box": "https://example.org/box.html"}, "unions": {"address": "type"}} | tables
    return Names([Kind("box", "box.rng", "box", "Box", "box", about="Boxes.")], **tables)


def small_models(directory: Path, names: Names) -> dict[str, ClassModel]:
    """Make the classes of the small schema, by their names."""
    release = directory / "1.0.0"
    release.mkdir(exist_ok=True)
    (release / "box.rng").write_text(SCHEMA)
    return {model.name: model for model in build_models(directory, ["1.0.0"], names)}
