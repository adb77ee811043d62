"""Texts of scanning, five languages."""
