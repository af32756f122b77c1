"""What `virtxml validate` is told, what it does with each file, and where it says what it found."""
