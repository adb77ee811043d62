"""X-ray pictures: their files, their physics, what is recognised in them, comparison and reading."""
