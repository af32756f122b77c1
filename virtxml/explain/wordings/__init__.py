"""What is said of each kind of mistake: a module for each sort, and the pieces that their sentences have in common."""
