"""What the pages of casework say, one file per noun."""
