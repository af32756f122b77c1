"""What `virtxml diff` compares, and how it shows what differs."""
