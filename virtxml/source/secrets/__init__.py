"""What is secret, and how messages do without it.

- Which names and values are secret? `names`
- Where are secrets in a text of XML, well-formed or not? `spans`
- How does a message show a line, or a URI, with a password in it? `hiding`
"""
