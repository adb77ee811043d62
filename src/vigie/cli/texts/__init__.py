"""Texts of the command line, in five languages."""
