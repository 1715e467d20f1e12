"""Whether somebody may be reached, written a second time from the words of the rules alone: it shares no code with the product.

London's clock is worked out from the law (British summer time is from 1 o'clock UTC on the last Sunday of March to 1 o'clock UTC on the last
Sunday of October), hours in minutes, and a time that a clock shows twice or never is no time at all.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

Policy = dict[str, Any]
ACTS = ("phone", "voicemail", "text", "email", "letter", "leaflet", "in-person", "through-professional")
HOUR = timedelta(hours=1)


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= timedelta(days=1)
    return day


def is_summer(at: datetime) -> bool:
    """`at` in UTC."""
    begins, ends = (datetime.combine(last_sunday(at.year, month), datetime.min.time(), UTC) + HOUR for month in (3, 10))
    return begins <= at < ends


def moments_of(day: date, minute: int) -> list[datetime]:
    """Every moment at which a London clock shows this minute of this day: one, none in March, two in October."""
    shown = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=minute)
    return [
        shown - (HOUR if summer else HOUR * 0)
        for summer in (True, False)
        if is_summer(shown - (HOUR if summer else HOUR * 0)) is summer
    ]


def surely_inside(windows: list[tuple[set[int], int, int]], at: datetime) -> bool:
    """Whether a moment lies in a window whose two ends are each one moment and no other."""
    for offset in range(-3, 3):
        day = at.date() + timedelta(days=offset)
        for weekdays, opens, closes in windows:
            if day.isoweekday() - 1 not in weekdays:
                continue
            begins = moments_of(day, opens)
            ends = moments_of(day if closes > opens else day + timedelta(days=1), closes)
            if len(begins) == len(ends) == 1 and begins[0] <= at < ends[0]:
                return True
    return False


def allowed(policy: Policy, act: str, at: datetime, *, by_hand: bool) -> bool:
    """Yes, and nothing less than yes."""
    if not policy["said"] or policy["safe"] != "yes" or not policy["value"]:
        return False
    age = at - policy["confirmed"]
    if age < timedelta(0) or age > timedelta(days=policy["days"]):
        return False
    later = ("none", "elsewhere", *(() if policy["answers"] == "anybody" else ("somebody-else",)))
    if any(policy[name] is not None and policy[name] >= policy["confirmed"] for name in later):
        return False
    return (
        _unheard(policy, act)
        and _words(policy, act, by_hand)
        and _area(policy, act)
        and (act != "letter" or _post(policy))
        and _hour(policy, act, at)
    )


def _unheard(policy: Policy, act: str) -> bool:
    if act == "through-professional":
        return True
    if policy["monitored"] != "no":
        return False
    if act in ("voicemail", "text", "email", "letter", "leaflet") and policy["shared"] != "no":
        return False
    if act in ("phone", "in-person") and policy["answers"] == "":
        return False
    return act not in ("voicemail", "leaflet") or policy["leave"] == "yes"


def _words(policy: Policy, act: str, by_hand: bool) -> bool:
    if policy["code word"] and not by_hand:
        return False
    return act != "voicemail" or bool(policy["code word"] or policy["words"])


def _area(policy: Policy, act: str) -> bool:
    if act not in ("letter", "leaflet", "voicemail"):
        return True
    wide = {"letter": "second-reader", "leaflet": "if-safe", "voicemail": "agreed-words"}[act]
    return policy["area known"] and policy[f"{act} chosen"] == wide and not policy[f"{act} barred"]


def _post(policy: Policy) -> bool:
    later = (policy["address changed"], policy["protected"])
    return policy["address stands"] and all(one is None or one < policy["confirmed"] for one in later)


def _hour(policy: Policy, act: str, at: datetime) -> bool:
    if act in ("letter", "through-professional") or policy["when"] == "any":
        return True
    return policy["when"] == "hours" and surely_inside(policy["windows"], at)


# Every hour of the two days on which the clocks change, and of the nights before and after: hours from noon of the day before.
CHANGES = tuple((month, hour) for month in (3, 10) for hour in range(48))


def moment(number: int, dice: Random) -> datetime:
    """Half of the time any minute of a year; else the next hour around a change of the clocks, or a minute beside it."""
    year = dice.randrange(2024, 2032)
    if number % 2:
        return datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(365 * 24 * 60))
    month, hour = CHANGES[(number // 2) % len(CHANGES)]
    noon = datetime.combine(last_sunday(year, month), datetime.min.time(), UTC) - timedelta(hours=12)
    return noon + timedelta(hours=hour, minutes=dice.choice((0, 0, 0, -1, 1, 30)))


def policy(dice: Random, at: datetime) -> Policy:
    """A policy in which most things are well, so that a yes is no rarity, and each thing goes wrong now and then."""

    def well(good: Any, *others: Any, often: float = 0.9) -> Any:
        return good if dice.random() < often else dice.choice(others)

    def before(days: float) -> datetime:
        return at - timedelta(minutes=dice.randrange(int(days * 1440)))

    confirmed = well(before(20), before(100), at + timedelta(minutes=5), at - timedelta(days=30), at)
    made: Policy = {
        "said": well(True, False),
        "safe": well("yes", "no", "not known"),
        "value": well(True, False),
        "confirmed": confirmed,
        "days": well(30, 1, 7, 90),
        "monitored": well("no", "yes", "not known"),
        "shared": well("no", "yes", "not known"),
        "answers": well("only-them", "", "named", "anybody", often=0.7),
        "leave": well("yes", "no", "not known"),
        "code word": well(False, True, often=0.8),
        "words": well(True, False),
        "when": well("hours", "any", "", "words", often=0.75),
        "windows": [_window(dice, at) for _ in range(dice.choice((1, 1, 2)))],
        "area known": well(True, False),
        "address stands": well(True, False),
    }
    made |= {f"{act} barred": well(False, True) for act in ("letter", "leaflet", "voicemail")}
    made |= {
        f"{act} chosen": well(wide, "forbidden", "forbidden-at-home")
        for act, wide in (("letter", "second-reader"), ("leaflet", "if-safe"), ("voicemail", "agreed-words"))
    }
    for name in ("none", "elsewhere", "somebody-else", "address changed", "protected"):
        earlier = confirmed - timedelta(days=dice.randrange(1, 50))
        made[name] = well(None, earlier, confirmed, confirmed + timedelta(minutes=1), often=0.85)
    return made


def _window(dice: Random, at: datetime) -> tuple[set[int], int, int]:
    """Often one that has to do with the moment, so that its ends are met exactly."""
    near = (at + (HOUR if is_summer(at) else HOUR * 0)).replace(second=0)
    minute = near.hour * 60 + near.minute
    opens = (minute + dice.choice((0, 0, -60, -30, -1, 1, 60, dice.randrange(1440)))) % 1440
    closes = (opens + dice.choice((1, 30, 60, 120, 480, 1439))) % 1440
    days = {near.weekday()} if dice.random() < 0.4 else set(dice.sample(range(7), dice.randrange(1, 8)))
    return days, opens, closes
