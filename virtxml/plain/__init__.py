"""Plain data of objects and back: dictionaries, lists, texts, whole numbers and switches, as JSON and YAML have them.

`writing` makes data of an object, `reading` an object of data, `unknown` does both for what belongs to no field,
`documents` knows how data says which kind of document it is, `texts` has data as JSON and YAML.
"""
