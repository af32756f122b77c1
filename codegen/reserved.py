RESERVED=frozenset({"from_xml","to_xml","validate","since","extra"})
