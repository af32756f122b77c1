"""A guest on one screen: `guest` has its sections in order, each of the other modules the facts of one."""
