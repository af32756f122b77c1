"""Patterns, and what remains of them as a document goes by: the verdict.

- What is there to match? `patterns`, named by `nameclass`, made once by a `pool`, kept in a file as a `table`, and all
  of a schema's as a `grammar`.
- What remains behind a tag, an attribute, a text? `steps` of patterns, remembered by `states`.
- Does a document match? `matcher`.
- What may come at a place, and what has to? `cursor`, which asks `expectations` and `lacking`.
- How to go on behind a mistake? `recovery`.
"""
