"""Words that stand for figures and letters when somebody says or spells something, and the short ways of writing a street or a school."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


UNITS = {
    word: str(value)
    for value, words in enumerate(
        ("zero nought naught oh nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for word in words.split()
}
TEENS = dict(
    zip(
        _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        map(str, range(10, 20)),
        strict=True,
    )
)
TENS = dict(
    zip(_words("twenty thirty forty fifty sixty seventy eighty ninety"), map(str, range(2, 10)), strict=True)
) | {"fourty": "4"}
POWERS = {"hundred": "00", "thousand": "000"}
TIMES = {"double": 2, "treble": 3, "triple": 3}
NUMBERS = (*UNITS, *TEENS, *TENS, *POWERS)

SPOKEN = {
    word: word[0]
    for word in _words(
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo"
        " sierra tango uniform victor whiskey whisky xray yankee zulu"
    )
}
# Said between the parts of an address for mail, and in the place of its signs.
SIGNS = frozenset(_words("dot at point period underscore underline hyphen dash minus symbol sign full stop"))
BETWEEN = frozenset(_words("for as in like"))

# Words of one row stand for each other; the first is how it is written out.
SAME = tuple(
    tuple(row.split())
    for row in (
        "street str st strt",
        "road rd",
        "avenue ave av aven",
        "close cl clo",
        "lane ln la",
        "drive dr drv",
        "court ct crt",
        "crescent cres cr crsnt cresc",
        "gardens garden gdns gdn",
        "place pl plc",
        "square sq sqr",
        "terrace terr ter tce",
        "grove gr gro grv",
        "way wy",
        "park pk prk",
        "hill hl",
        "green grn gn",
        "house hse ho",
        "flat flt fl apartment apt unit",
        "saint st snt",
        "north nth n",
        "south sth s",
        "east e",
        "west w",
        "upper upr up",
        "lower lwr lr",
        "mount mt mnt",
        "building buildings bldg bld",
        "cottage cottages cott cotts ctg",
        "farm fm frm",
        "view vw",
        "walk wk wlk",
        "rise rse",
        "parade pde prde",
        "boulevard blvd bvd boul",
        "common cmn comm",
        "bank bk bnk",
        "bridge brg bdg",
        "field fld",
        "fields flds",
        "meadow mdw",
        "meadows mdws",
        "school sch schl skool",
        "primary prim pri",
        "secondary sec secy",
        "academy acad ac",
        "infant infants inf",
        "junior jnr jun",
        "nursery nurs nsy",
        "centre center ctr cntr",
        "medical med",
        "surgery surg sgy",
        "practice practise prac pract",
        "hospital hosp",
        "catholic cath rc",
        "and n",
    )
)
# Kinds of street: what is left without them may be looked for alone.
STREETS = frozenset(
    word
    for row in SAME
    for word in row
    if row[0]
    in _words(
        "street road avenue close lane drive court crescent gardens place square terrace grove way park hill green walk rise parade"
        " boulevard common mews view bank"
    )
) | {"mews"}
# Words that say nothing of which house or which school it is.
COMMON = frozenset(
    _words(
        "flat flt apartment apt unit floor ground first second third the of and uk england gb united kingdom west midlands county room number no"
        " school primary secondary academy infant infants junior nursery high college catholic rc ce church c e community medical surgery"
        " practice centre center health clinic gp doctors dr hospital trust"
    )
)
# What a flat or a room begins with: by itself it leads nowhere.
FLATS = frozenset(_words("flat flt fl apartment apt unit room floor ground first second third number no"))
