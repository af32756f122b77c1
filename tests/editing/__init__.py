"""Differences of models."""
