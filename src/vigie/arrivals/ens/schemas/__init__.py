"""HMRC's ENS schemas v11-2 (hmrc/import-control-entry-declaration-store, Apache-2.0, see LICENSE beside them)."""
