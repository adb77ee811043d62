"""What stands beside a node: folders that scanners write to."""

from vigie.devices.folder import DONE, FAILED, PATIENCE_S, QUICK_S, STABLE_S, Folder, Opened

__all__ = ["DONE", "FAILED", "PATIENCE_S", "QUICK_S", "STABLE_S", "Folder", "Opened"]
