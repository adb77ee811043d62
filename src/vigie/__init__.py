"""vigie: the look-out over sea containers. See docs/ for the tour of the house."""

__version__ = "0.1.0"
