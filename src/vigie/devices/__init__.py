"""What stands beside a node: folders that scanners write to."""

from vigie.devices.folder import DONE, FAILED, PATIENCE_S, STABLE_S, Folder

__all__ = ["DONE", "FAILED", "PATIENCE_S", "STABLE_S", "Folder"]
