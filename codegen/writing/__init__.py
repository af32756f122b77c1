"""From classes to the text of modules, and from schemas to grammars."""
