"""Texts of the desk in five languages."""
