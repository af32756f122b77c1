"""What `virtxml show` shows."""
