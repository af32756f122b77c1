"""What is secret: `names` knows by what things are called, `spans` finds the pieces of a text, well-formed or not."""
