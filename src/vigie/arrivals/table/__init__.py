"""CSV and Parquet by a declared column map: canonical field from column, unit and format."""

from vigie.arrivals.table.column_map import Column, ColumnMap, read_column_map
from vigie.arrivals.table.reader import read
from vigie.arrivals.table.splitter import split, split_parquet

__all__ = ["Column", "ColumnMap", "read", "read_column_map", "split", "split_parquet"]
