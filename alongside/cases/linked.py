"""When somebody says who a person is, the facts of that person's cases may change: they are worked out again."""

from datetime import datetime

from alongside.agencies.models import User
from alongside.cases import actions, queries
from alongside.people.models import Person


def on_linked(*, person: Person, by: User, at: datetime) -> None:
    """The listener registered with `people`; only the cases the record itself is part of, none of the other record's."""
    for case in queries.cases_with(person):
        actions.changed(case=case, by=by, at=at)
