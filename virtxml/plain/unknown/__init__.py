"""What belongs to no field, as plain data: elements of any name, texts and comments in order, attributes."""
