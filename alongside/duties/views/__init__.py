"""The pages of tasks, bars and questions."""
