"""The interface for other agencies' systems: send a notification, read back its answer. A token belongs to one agency."""
