"""Comments and instructions in texts."""
