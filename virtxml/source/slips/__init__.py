"""What is not well-formed in a text, and what to write instead.

`reading` has the ways to read a text, the likeliest first, each with its `slip`s. `scan` is the one way through a text
that goes on after them: tags are read in `start_tags` and `attributes`, elements are closed in `nesting`, `characters`
looks at texts and values, `wording` shows names and values without secrets.
"""
