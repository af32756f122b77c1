"""What clones need of a host."""
