"""Drawings on matplotlib's axes."""
