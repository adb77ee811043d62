"""The command line: one command per act of a desk, for people and for scripts."""
