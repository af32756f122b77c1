"""`virtxml editor`."""
