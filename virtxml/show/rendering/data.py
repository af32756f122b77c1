"""Screens as JSON, for programs that want what people see; `virtxml convert --to json` has all of a document."""

from __future__ import annotations

import json
from typing import Any

from ..screen import Block, Branch, Facts, Screen, Table


def json_of(screens: list[Screen]) -> str:
    """Return screens as a JSON array, an object for each."""
    return json.dumps([_screen(screen) for screen in screens], indent=2, ensure_ascii=False) + "\n"


def _screen(screen: Screen) -> dict[str, Any]:
    sections = [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]} for section in screen.sections
    ]
    return {"kind": screen.kind, "name": screen.name, "about": screen.about, "sections": sections}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Facts):
        return {"facts": [{"name": fact.name, "said": fact.parts} for fact in block.facts]}
    if isinstance(block, Table):
        rows = [{"cells": row.cells, "more": row.more, "below": row.below} for row in block.rows]
        return {"columns": block.columns, "rows": rows}
    return {"tree": [_branch(branch) for branch in block.branches]}


def _branch(branch: Branch) -> dict[str, Any]:
    # Deep trees take frames, but no more than a guest has buses behind each other.
    return {"steps": branch.steps, "below": [_branch(child) for child in branch.below]}
