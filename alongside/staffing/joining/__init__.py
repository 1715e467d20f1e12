"""Agencies that join the partnership: said by one person, made sure of by another, before the operator's file can bring them in."""
