"""What a doubt means, in five languages: one table per family of formats."""
