"""Pictures: of the buses of a guest, of networks with the guests that are on them; as DOT and as SVG."""
