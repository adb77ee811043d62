"""Texts of the risk room in five languages."""
