"""Pages of casework, one file per noun."""
