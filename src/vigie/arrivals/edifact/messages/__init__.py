"""What the groups of each kind of message say, as canonical rows."""
