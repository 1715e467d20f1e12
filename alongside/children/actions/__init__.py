"""Writes about schools and notices, one file per noun."""
