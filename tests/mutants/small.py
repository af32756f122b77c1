"""A small schema and documents that are valid for it, laid out in several ways."""

from __future__ import annotations

from lxml import etree

from tests.mutants.making.schemas import Source

SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start>
    <element name="shelf">
      <attribute name="kind"><ref name="kinds"/></attribute>
      <optional><attribute name="width"><data type="unsignedInt"/></attribute></optional>
      <interleave>
        <element name="owner"><text/></element>
        <optional><element name="count"><data type="unsignedInt"/></element></optional>
        <optional><element name="state"><choice><value>full</value><value>empty</value></choice></element></optional>
        <zeroOrMore>
          <element name="book">
            <attribute name="title"/>
            <optional><element name="note"><attribute name="by"/><empty/></element></optional>
          </element>
        </zeroOrMore>
      </interleave>
    </element>
  </start>
  <define name="kinds"><choice><value>wood</value><value>steel</value></choice></define>
</grammar>
"""

TEXTS = (
    "<shelf kind='wood' width='80'>\n"
    "  <owner>me</owner>\n"
    "  <count>2</count>\n"
    "  <state>full</state>\n"
    "  <book title='One'>\n"
    "    <note by='you'/>\n"
    "  </book>\n"
    "  <book title='Two'/>\n"
    "</shelf>\n",
    '<?xml version="1.0"?>\n<!-- <owner>nobody</owner> -->\n'
    '<shelf\n    kind = "steel"\n    width="7"\n>\n'
    "<owner>you &amp; <![CDATA[<me>]]></owner><count>\n 12\n</count><book title='a > b'></book>\n"
    "\t<book\n\t\ttitle='c'><note by=''/></book></shelf>",
    "<shelf kind='wood'><owner/></shelf>",
)


def sources() -> list[Source]:
    """Return the documents."""
    return [Source(f"small-{number}", text, "small.rng") for number, text in enumerate(TEXTS)]


def schema() -> etree.RelaxNG:
    """Return the schema."""
    return etree.RelaxNG(etree.fromstring(SCHEMA))
