"""Tables of the texts on the pages; each text in five languages."""
