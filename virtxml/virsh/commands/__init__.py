"""The commands, a module per thing that they are about. Each has `COMMANDS`."""
