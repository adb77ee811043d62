"""Texts of the exchange, in five languages."""
