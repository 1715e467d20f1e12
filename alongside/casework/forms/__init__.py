"""What is typed into the pages of casework, one file per noun."""
