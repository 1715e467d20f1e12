"""Pages about schools, one file for each reader: the police desk, the school, the partnership's administrator."""
