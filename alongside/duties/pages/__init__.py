"""How tasks, bars and questions are written on pages."""
