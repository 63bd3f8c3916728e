"""Digests: when they are due, what they hold, and how they are delivered once. Pure: ``now`` and ``rng`` come in."""
