"""Texts of the register, five languages."""
