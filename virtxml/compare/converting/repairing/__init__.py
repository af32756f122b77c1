"""What has to be done to a document so that a grammar takes it, and as little of that as can be.

- What is a step, and what do steps make of a document? `steps`.
- Which steps take away what the grammar is against? `searching`, with `older_forms` for what was written otherwise.
- Which of them need not be? `putting_back`, and `names` for those that have to be whatever else is done.
- What else changes with what is gone? `consequences`.
"""
