"""What we claim about speed, measured beside nginx: `python -m bench`."""
