"""One builder for each kind of message that is written."""
