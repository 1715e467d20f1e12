"""Reads of casework, one file per noun; all through the gate."""
