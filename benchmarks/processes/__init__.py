"""What takes a process of its own from start to end: a command, beside another program or beside itself."""
