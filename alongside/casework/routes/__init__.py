"""Addresses of casework, one list per noun; `urls.py` joins them."""
