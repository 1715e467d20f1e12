"""How often a rule has been owed: figures without anybody's name, for the browser of procedures."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Q

from alongside.clock import in_london
from alongside.duties.models import Duty
from alongside.policy import Rule

FEW = 5


def use_of(rule: Rule, at: datetime) -> str:
    """“owed 214 times this year, 12 of them late”; nothing for a rule that is never a duty. A small figure is not told:
    beside a date and an area it could be somebody.
    """
    if rule.reaches_as != "duty":
        return ""
    year = in_london(at).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    is_late = Q(due_on__isnull=False) & (Q(ended_on__gt=F("due_on")) | Q(state="open", due_on__lt=at))
    counted = Duty.objects.filter(rule=rule.id, fired_at__gte=year).aggregate(
        owed=Count("pk"), late=Count("pk", filter=is_late)
    )
    owed, late = counted["owed"], counted["late"]
    if not owed:
        return "not owed yet this year"
    return f"owed {_few(owed)} times this year" + (
        f", {_few(late) if late else 'none'} of them late" if owed >= FEW else ""
    )


def open_on(rules: Iterable[str]) -> dict[str, int]:
    """How many duties are open on each of some rules, over every case."""
    rows = Duty.objects.filter(rule__in=list(rules), state="open").values("rule").annotate(number=Count("pk"))
    return dict(rows.values_list("rule", "number"))


def _few(count: int) -> str:
    return f"fewer than {FEW}" if count < FEW else str(count)
