"""Indicators, one file each (TOML); read by `vigie.risk.catalogue`."""
