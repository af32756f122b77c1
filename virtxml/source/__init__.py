"""XML as text: what stands where, also in text that is not well-formed, and how to mend it.

- Where do tags, attributes, texts and comments stand? `tree`, made of `elements`; `markup` finds the tags in any text.
- What do names, values and texts mean, with namespaces and references? `meaning`.
- On which lines and columns is something, or what a finding is about? `lines`, `places`.
- Which characters do bytes stand for? `decoding`.
- Which white space only lays a document out? `layout`.
- How is a text changed, and where is everything afterwards? `edits`.
- Does a text hold several documents, or one inside another? `pieces`.
- What is not well-formed, and what should be written? `slips`.
- What is secret in a text? `secrets`, which trusts no tree: it hides what cannot be read for certain.

Nothing of the rest of virtxml is imported here, and nothing is known of libvirt: whoever asks brings the prefixes.
"""
