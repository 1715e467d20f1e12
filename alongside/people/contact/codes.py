"""The codes of safe contact and the words each is shown in."""

# What somebody is about to do, and by which recorded way it is judged.
ACTS = {
    "phone": "Ring",
    "voicemail": "Leave a voice message",
    "text": "Send a text message",
    "email": "Send an email",
    "letter": "Post a letter",
    "leaflet": "Give or leave a leaflet",
    "in-person": "Meet or visit",
    "through-professional": "Go through another professional",
}
WAYS = {"voicemail": "phone", "leaflet": "in-person"}
# Somebody else may pick these up, so who may answer must be known.
ANSWERED = frozenset({"phone", "in-person"})
# What stays behind where somebody else may find it.
LEFT_BEHIND = frozenset({"voicemail", "text", "email", "letter", "leaflet"})
# No hour applies: post comes when it comes, and a colleague is rung at work.
AT_ANY_HOUR = frozenset({"letter", "through-professional"})
# The act of the procedures that a rule of the area may forbid.
PROCEDURE_ACTS = {"voicemail": "leave_voicemail", "letter": "send_letter", "leaflet": "leave_leaflet"}

WHEN = [("", "Not known"), ("any", "At any time"), ("hours", "Only in these hours")]
WHO_MAY_ANSWER = [
    ("", "Not known"),
    ("only-them", "Only the person themselves"),
    ("named", "Only who is named here"),
    ("anybody", "Anybody"),
]

NOTHING = "nothing-recorded"
NO_CONTACT = "no-contact"
NOT_SAFE = "not-safe"
SAFE_NOT_KNOWN = "safe-not-known"
EXPIRED = "expired"
NOT_CURRENT = "not-current"
SOMEBODY_ELSE = "somebody-else"
OVERHEARD = "overheard"
OVERHEARD_NOT_KNOWN = "overheard-not-known"
SHARED = "shared"
SHARED_NOT_KNOWN = "shared-not-known"
HOURS_NOT_KNOWN = "hours-not-known"
HOURS_IN_WORDS = "hours-in-words"
OUTSIDE_HOURS = "outside-hours"
CLOCKS_CHANGE = "clocks-change"
ANSWER_NOT_KNOWN = "answer-not-known"
NOT_LEFT = "not-left"
LEFT_NOT_KNOWN = "left-not-known"
NEEDS_WORDS = "needs-words"
NO_WORDS = "no-words"
NO_ADDRESS = "no-address"
ADDRESS_CHANGED = "address-changed"
PROTECTED = "protected"
AREA_FORBIDS = "area-forbids"
AREA_NOT_KNOWN = "area-not-known"

# Each reason as a sentence; none of them tells a number, an address, a name, or that another agency holds anything.
REASONS = {
    NOTHING: "Nothing is recorded about reaching this person this way.",
    NO_CONTACT: "No contact is safe, as last recorded.",
    NOT_SAFE: "This way was said not to be safe.",
    SAFE_NOT_KNOWN: "It is not known whether this way is safe.",
    EXPIRED: "What was said about this way is too old to rely on. It has to be confirmed again.",
    NOT_CURRENT: "Something was recorded since that may change whether this way is safe. It has to be confirmed again.",
    SOMEBODY_ELSE: "Somebody else answered or was there the last time. It has to be confirmed again that this way is safe.",
    OVERHEARD: "Somebody else may see or hear what comes this way.",
    OVERHEARD_NOT_KNOWN: "It is not known whether somebody else may see or hear what comes this way.",
    SHARED: "The telephone, computer or letter box is shared with somebody.",
    SHARED_NOT_KNOWN: "It is not known whether the telephone, computer or letter box is shared.",
    HOURS_NOT_KNOWN: "It is not known when this way is safe.",
    HOURS_IN_WORDS: "The safe hours are recorded in words. A colleague reads them and decides.",
    OUTSIDE_HOURS: "It is outside the safe hours now.",
    CLOCKS_CHANGE: "The clocks change within the safe hours, so it cannot be told whether this is a safe time.",
    ANSWER_NOT_KNOWN: "It is not known who may answer.",
    NOT_LEFT: "Nothing may be left this way: no message and nothing printed.",
    LEFT_NOT_KNOWN: "It is not known whether a message, or anything printed, may be left.",
    NEEDS_WORDS: "A word was agreed by which this person knows who it is. A message that is sent by itself cannot carry it.",
    NO_WORDS: "Words to use were not agreed.",
    NO_ADDRESS: "No number or address is recorded for this way.",
    ADDRESS_CHANGED: "An address changed after this way was confirmed, or the address is no longer where this person lives.",
    PROTECTED: "This person is protected, and this way was not confirmed since.",
    AREA_FORBIDS: "The procedures or choices of the area do not allow it.",
    AREA_NOT_KNOWN: "It cannot be told which area's procedures apply, so this is not done.",
}

# What a colleague can find out; everything else is a plain no, or another hour.
CAN_BE_FOUND_OUT = frozenset(
    {
        NOTHING,
        SAFE_NOT_KNOWN,
        EXPIRED,
        NOT_CURRENT,
        SOMEBODY_ELSE,
        OVERHEARD_NOT_KNOWN,
        SHARED_NOT_KNOWN,
        HOURS_NOT_KNOWN,
        ANSWER_NOT_KNOWN,
        LEFT_NOT_KNOWN,
        NO_WORDS,
        NO_ADDRESS,
        ADDRESS_CHANGED,
        PROTECTED,
    }
)

VERDICTS = [("yes", "Yes"), ("no", "No"), ("decide", "A colleague decides")]
OUTCOMES = [
    ("reached", "Reached this person"),
    ("not-reached", "Did not reach anybody"),
    ("somebody-else", "Somebody else answered, or was there"),
    ("left", "Left a message, or sent it"),
    ("not-tried", "Did not try"),
]
CLOSINGS = [
    ("reached", "This person was reached, in a way that is safe"),
    ("again", "How to reach this person was confirmed again: what waits may go, if it is cleared"),
    ("otherwise", "Decided otherwise"),
]
