"""What is wrong with a document that does not match: each mistake once.

- What can be found, and how does it look? `finding`.
- What is seen of a document? `view`; `written` makes that of source text, and `scopes` tells its namespaces.
- How is a document gone through? `diagnose`, with what it lacks and holds beside each other in `merging`.
- What is wrong with a start tag? `start_tags`. With the place of an element? `misplaced`, and `order`.
- What would be right with another value? `variants`. As an attribute in place of an element, or an element in place of
  an attribute? `turned`.
- How much is an element like another one? `forgiving`.
"""
