"""Builds the web application and the command tree from the faces; nothing else."""
