"""Texts of the node in five languages."""
