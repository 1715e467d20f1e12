"""Requests for what is held about a person: who asks is checked, a cleared reviewer is asked where somebody could be in danger, one builds
from the person's own data, another reviews, and two release.
"""
