"""What stands beside a node: folders that scanners write to."""
