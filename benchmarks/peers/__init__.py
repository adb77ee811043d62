"""Other people's servers, run beside ours: in an environment of their own, by scripts that their Python runs."""
