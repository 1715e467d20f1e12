"""What higher apps register with intake: the register of schools, which stands above."""

from collections.abc import Callable, Iterable

# Text typed (a name, part of one, or a unique reference number) to (reference number, name) of schools that fit, the likeliest first.
FindSchools = Callable[[str], Iterable[tuple[str, str]]]
SCHOOLS: list[FindSchools] = []


def register_schools(find: FindSchools) -> None:
    """Say how a school is found by its name or number."""
    SCHOOLS.append(find)


def schools(text: str) -> list[tuple[str, str]]:
    """Schools that fit what was typed; none while no register is there."""
    return [found for find in SCHOOLS for found in find(text)] if text.strip() else []
