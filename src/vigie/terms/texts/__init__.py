"""Texts in five languages: one table per file, one entry per text, read once by who needs it."""
