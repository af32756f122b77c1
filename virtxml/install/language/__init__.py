"""How options are declared, and how what was said is put onto a domain."""
