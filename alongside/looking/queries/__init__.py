"""Reads of who looked: what the chains say, found by whom it is about."""
