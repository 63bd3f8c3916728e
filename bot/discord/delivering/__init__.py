"""Delivering: digests that are due leave the house, each once."""
