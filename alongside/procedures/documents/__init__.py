"""The documents, the partnership’s copies of them, and the list of work that an edition makes."""
