"""A match in words, across agencies: only what agrees, never a difference, a stored value, or who holds it.

The words of a near agreement do not say in what it falls short: that would be a difference.
"""

from alongside.linkage.score import Match

_WORDS: dict[str, dict[str, str]] = {
    "family_name": {
        "exact": "same surname",
        "spelling": "same surname, as it is variously spelt",
        "part": "surname agrees in part",
        "as_middle": "surname agrees in part",
        "sound": "surname sounds the same",
        "near": "surname is alike",
        "close": "surname is alike",
        "initial": "same initial of the surname",
    },
    "given_name": {
        "exact": "same first name",
        "spelling": "same first name, as it is variously spelt",
        "short_form": "first name may be a form of the same name",
        "part": "first name agrees in part",
        "as_middle": "first name agrees in part",
        "as_family": "a name agrees",
        "swapped": "same first name and surname",
        "sound": "first name sounds the same",
        "near": "first name is alike",
        "close": "first name is alike",
        "initial": "same initial of the first name",
    },
    "middle_names": {"exact": "a middle name agrees", "initial": "initial of a middle name agrees"},
    "date_of_birth": {
        "exact": "same date of birth",
        "exact_new_year": "same date of birth",
        "swapped": "date of birth agrees in part",
        "one_digit": "date of birth agrees in part",
        "near": "date of birth agrees in part",
        "day_and_month": "date of birth agrees in part",
        "month_known": "same month and year of birth",
        "year_known": "same year of birth",
        "year_new_year": "same year of birth",
        "year": "same year of birth",
        "year_beside": "year of birth is close",
    },
    "postcode": {
        "exact": "same postcode",
        "near": "postcode agrees in part",
        "sector": "postcode agrees in part",
        "district": "postcode agrees in part",
    },
    "address": {"exact": "same address", "street": "address agrees in part"},
    "town": {"exact": "same town", "near": "town is alike"},
    "phone": {"exact": "same telephone number", "near": "telephone number agrees in part"},
    "email": {
        "exact": "same e-mail address",
        "near": "e-mail address agrees in part",
        "local_part": "e-mail address agrees in part",
    },
    "nhs_number": {"exact": "same NHS number", "near": "NHS number agrees in part"},
    "national_id": {"exact": "same national identifier", "near": "national identifier agrees in part"},
    "sex": {"exact": "same sex"},
    "birth_place": {"exact": "same place of birth", "near": "place of birth is alike"},
    "occupation": {"exact": "same occupation", "near": "occupation is alike"},
}


def reasons(match: Match) -> list[str]:
    """What agrees, the weightiest first. Fields that weigh against, and the prior, are left unsaid."""
    for_it = sorted((pair for pair in match.because.items() if pair[1] > 0), key=lambda pair: -pair[1])
    said = (_WORDS.get(field, {}).get(match.levels.get(field, "")) for field, _ in for_it)
    return list(dict.fromkeys(words for words in said if words))
