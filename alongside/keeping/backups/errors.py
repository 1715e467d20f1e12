"""What goes wrong with a backup. Each sentence says what happened, what is safe, and what to do."""


class BackupFault(Exception):
    """A backup could not be made or put back; `str()` is for whoever runs the service."""
