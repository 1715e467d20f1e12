"""stories"""

from datetime import datetime

from alongside.demo.partnership import Partnership


def tell(made: Partnership, *, at: datetime) -> None:
    pass
