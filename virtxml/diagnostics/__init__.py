"""What validation finds, as data; suggestions of names; and one renderer per output format.

Nothing is imported here: what draws one format does not load the others.
"""
