"""Who finds single mistakes in valid documents, and how well: libxml2, jing and virtxml.

    python -m benchmarks mutants                     the table
    python -m benchmarks.mutants --judge virtxml --failures 20
                                                     what virtxml gets wrong, with what it says
    python -m benchmarks.mutants --fuzz 1000         verdicts on random edits, for all releases
    python -m benchmarks.mutants --kind "twice" --count 500 --seed 7
    python -m benchmarks.mutants.slips 20            slips of XML itself, and 20 that virtxml gets wrong

A mistake is made in the text of a document of libvirt's tests that is valid: the kind of mistake first, then the
document, then the place, each drawn uniformly. Mutants that stay valid are kept, for the verdict. What a judge's first
finding has to say of the others:

- *right line*: one of the culprit's lines. The culprit is a misspelled name or a wrong value itself; the stray text;
  the start tag of the element that is in the wrong place; the start tag of the second element of two, as a reader who
  comes to the first finds nothing wrong with it; and where an attribute or a child is missing, the start tag of the
  element that lacks it. *or end tag*: jing reports a missing child at the end of its parent, which is an answer, too.
- *named*: the message has the wrong or missing name as a whole word; for a value, it or the name of the attribute or
  the element; for stray text, the text, or "text" with the name of the element that it is in. *both*: line and name.
- *single*: there is no other finding.
- *suggested*: the first suggestion is the name or value that was there; of misspellings only.
- *advice*: it helps to do what the first findings say, of virtxml only: see `tests.mutants.judging.advice`.

*verdict* is the share of all mutants with libxml2's verdict (jing's, on orders that libxml2 refuses). An element is
moved to a wrong parent only if it may be missing where it was, and a misspelling may well be another valid name:
nothing is left out for being hard.
"""

from .report import measure as measure
