"""What is in a picture, before anything is drawn: boxes in layers, and lines between them."""

from __future__ import annotations

from virtxml.records import Record, made


class Box(Record):
    """A box.

    Attributes:
        lines: the text in it.
        layer: how far from the left it stands.
        kind: what it stands for, which is its colour: "guest", "bus", "device", "network", "bridge", "interface".
    """

    lines: list[str]
    layer: int
    kind: str


class Picture(Record):
    """Boxes, and lines between pairs of them.

    Attributes:
        title: what the picture shows.
        boxes: the boxes, in the order in which they stand below each other as far as lines allow.
        lines: pairs of numbers of boxes; the first one stands further left.
        ordered: whether the boxes of a layer stay in order, even where lines would cross less in another one.
    """

    title: str
    boxes: list[Box] = made(factory=list)
    lines: list[tuple[int, int]] = made(factory=list)
    ordered: bool = False

    def add(self, box: Box) -> int:
        """Add a box; return its number."""
        self.boxes.append(box)
        return len(self.boxes) - 1


COLOURS = {
    "guest": "#dbe9f6",
    "bus": "#fdf0d5",
    "device": "#ffffff",
    "network": "#e3f1de",
    "bridge": "#fdf0d5",
    "interface": "#eeeeee",
}
"""The colour of boxes of a kind."""
