"""Paths into models."""
