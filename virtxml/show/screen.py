"""What stands on the screen of a document: sections of facts, tables and trees, before anything is laid out."""

from __future__ import annotations

from typing import TypeAlias

from virtxml.records import Record, made


class Fact(Record):
    """A line with a name before it.

    Attributes:
        name: what is told.
        parts: what is said of it; the text breaks between two parts before it breaks inside of one.
    """

    name: str
    parts: list[str]


class Facts(Record):
    """Facts below each other."""

    facts: list[Fact]


class Row(Record):
    """A row of a table.

    Attributes:
        cells: one text for each column, "" for what is not said.
        more: what else is said, as parts: all together if there is room, else on lines of its own below the cells.
        below: lines below, each as its parts, such as the images behind that of a disk.
    """

    cells: list[str]
    more: list[str] = made(factory=list)
    below: list[list[str]] = made(factory=list)


class Table(Record):
    """Rows below names of columns; a column in which nothing is said is not shown.

    Attributes:
        columns: the names.
        rows: the rows.
        loose: the column that is left out whole where there is no room for it; "" for none.
    """

    columns: list[str]
    rows: list[Row]
    loose: str = ""


class Branch(Record):
    """What stands at a place of a tree.

    Attributes:
        steps: what stands there, and what is plugged into that, if nothing else can be.
        below: what is on it.
    """

    steps: list[str]
    below: list[Branch] = made(factory=list)


class Tree(Record):
    """Branches below each other."""

    branches: list[Branch]


Block: TypeAlias = "Facts | Table | Tree"


class Section(Record):
    """Blocks with a title above them; "" for what stands right below the name of the document."""

    title: str
    blocks: list[Block]


class Screen(Record):
    """All that is shown of a document.

    Attributes:
        kind: what it is, as people say it: "guest", "network".
        name: its name; "" if it has none.
        about: what is said beside the name.
        sections: what is shown below, in order.
    """

    kind: str
    name: str
    about: list[str]
    sections: list[Section]


def facts(*pairs: tuple[str, list[str]]) -> list[Block]:
    """Return a block of those facts of which something is said; none without any."""
    said = [Fact(name, [part for part in parts if part]) for name, parts in pairs if any(parts)]
    return [Facts(said)] if said else []


def table(columns: list[str], rows: list[Row], loose: str = "") -> list[Block]:
    """Return a block with a table; none without rows."""
    return [Table(columns, rows, loose)] if rows else []


def section(title: str, *blocks: list[Block]) -> list[Section]:
    """Return a section of blocks; none without any."""
    found = [block for some in blocks for block in some]
    return [Section(title, found)] if found else []
