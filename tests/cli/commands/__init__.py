"""Commands that change documents."""
