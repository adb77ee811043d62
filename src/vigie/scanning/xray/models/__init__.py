"""The model that comes with vigie: simulated, not for operation."""
