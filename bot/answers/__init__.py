"""Answering: question in, answer or honest refusal out. Pure: no files, no clock, no front end."""
