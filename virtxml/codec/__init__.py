"""From the description of a class to its own reader, writer and constructor.

Each is a Python function, written as text from the class's fields and compiled when it is first needed, as cattrs does:
after that, nothing is looked up twice. `linecache` knows the text, so a traceback shows the line.
"""
