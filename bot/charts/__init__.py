"""Figures to pictures, drawn in a child process and kept; and the same figures in words."""
