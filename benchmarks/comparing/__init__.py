"""What comparing documents costs, and how often it is right."""
