"""RELAX NG: schemas as data, whether a document matches them, and what is wrong if it does not.

Knows nothing of libvirt. Terms follow the RELAX NG specification (https://relaxng.org/spec-20011203.html). Each package
imports only from those before it:

- What does a datatype of XML Schema allow? `datatypes`, and `regex` for patterns in it.
- What is a grammar made of, what remains of it as a document goes by, does the document match, and what may come at
  some place? `match`.
- How are schemas written, and made into grammars? `schema`.
- Which mistakes are in a document that does not match? `diagnosis`.
"""
