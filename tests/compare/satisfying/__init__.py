"""Tests of what is wanted, and of what is there."""
