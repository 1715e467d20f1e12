"""Writes of casework, one file per noun."""
