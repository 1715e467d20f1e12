"""What is in force and awaits the partnership's confirmation: the list, and confirming one of it."""
