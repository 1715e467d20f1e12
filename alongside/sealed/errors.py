"""What goes wrong with sealed text. No message ever holds the text."""


class SealError(Exception):
    """Base: a sealed field was used in a way that would lose or leak it."""


class WrongPlace(SealError):
    """The text does not open: altered, moved to another row or field, or sealed with a key that is not here."""


class Destroyed(WrongPlace):
    """The text does not open because the key of whom it is about was destroyed: they were erased."""
