"""Texts of the room, in five languages."""
