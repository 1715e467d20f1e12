"""Where each agency keeps its records, and which of its teams is rung: said by the agency itself, or by the partnership's office for any.

What is said decides what *nothing found* means: *not held* where all of an agency's records are here, else *cannot tell*.
"""
