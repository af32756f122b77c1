"""JSON Schemas of documents as plain data, by which editors complete and check JSON and YAML.

`document` makes the schema of a kind of document, `classes` that of an element class, `values` that of a field's value,
`unknown` that of what belongs to no field, `words` finds what the classes' docstrings say.
"""
