"""Digests in Discord: what a moderator does with them, from the preview to the history."""
