"""Alongside: many agencies, one family, and nobody has to tell their story more than once."""
