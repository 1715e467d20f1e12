"""Reads of papers, of copies and their marks, of one's own data, and of what must not be told."""
