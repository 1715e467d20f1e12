"""What each role may do, with the words shown on screen. One table; permission is read from it at each request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role held by a person: label and description for the screen, permissions as codes."""

    label: str
    description: str
    permissions: frozenset[str]


def _role(label: str, description: str, permissions: str) -> Role:
    return Role(label, description, frozenset(permissions.split()))


# Words for the permissions above the table, so that no screen shows a code.
PERMISSIONS = {
    "notify": "record a call, report or disclosure",
    "see_cases": "open the cases their agency holds",
    "search_people": "look people up",
    "answer": "answer open questions and record judgements",
    "assess": "fill in a risk checklist",
    "review_assessment": "review a colleague's risk assessment",
    "finish_scene": "finish the scene record",
    "refer": "send a referral, or record why not",
    "decide_child_referral": "decide on a referral to children's social care",
    "decide_adult_referral": "decide on a referral to adult social care",
    "tell_school": "send a notice to a school",
    "read_school_notice": "open a notice sent to their school",
    "list_marac": "list cases for the MARAC",
    "offer_support": "record an offer of support and its answer",
    "record_act": "record that an act asked for by a procedure was done",
    "decide_otherwise": "decide a duty otherwise, with a reason",
    "see_holders": "see which agency holds a record",
    "declare_sources": "say where their agency keeps its records, and which team is rung about them",
    "confirm_links": "confirm who a protected person is, and review links",
    "manage_staff": "say who works here, and set up their sign-in anew, with a second person",
    "bring_agencies": "say that an agency joins the partnership, with a second person",
    "keep_conflicts": "see to conflicts of interest, and see or lift one together with a lead of another agency",
    "break_glass": "open a case in an emergency, for an hour and with a reason that somebody else reads",
    "review_emergencies": "look at what was opened in an emergency",
    "see_unrouted": "see duties that reached nobody, and route them",
    "adopt_choices": "adopt the partnership's local choices and add its documents",
    "try_changes": "see in counts what a change of the rules would do to the cases there were",
    "see_looking": "see who looked at a record, and answer for unusual looking",
    "keep_files": "add files to a case, and open those of their agency",
    "decide_sharing": "decide to share a record with another agency or not to, and look at it again",
    "draft_papers": "prepare papers for a named recipient",
    "release_papers": "release papers that a colleague prepared, and say whose copy one is",
    "answer_access": "take in requests for what is held about somebody, and build the answers",
    "keep_agreements": "keep the register of information-sharing agreements",
    "keep_records": "see how long records are kept, hold them, and erase them together with a second person",
    "read_audit": "read and verify the audit chain",
}

# Who needs every case of their agency for their work, and why. Everybody else sees what their own work brings them
# (docs/explanation/need-to-know.md); a role that does not stand here has no other way to a case of another team than a reason.
NEEDS_ALL = {
    "mash-worker": "checks each report that reaches the hub, at any hour, against everything the agency holds",
    "social-care-manager": "is the duty manager: decides on each report about a child, and stands in for any worker",
    "marac-coordinator": "prepares the meeting from everything that was brought to it",
    "safeguarding-lead": "answers for every case of the agency, and for who opened what",
    "information-governance-lead": "answers for what was shared, and for who looked at any record",
}

# Whoever hears of it first owes what follows: the scene record and the referral, police or not, a school too.
_HEARD_FIRST = (
    "notify see_cases answer assess finish_scene refer record_act decide_otherwise decide_sharing keep_files "
)
_CASEWORK = _HEARD_FIRST + "search_people break_glass draft_papers "

ROLES = {
    "police-officer": _role("Police officer", "Attends calls and records what was found at the scene.", _CASEWORK),
    "police-supervisor": _role(
        "Police supervisor",
        "Reviews what officers recorded; tells schools.",
        _CASEWORK + "review_assessment tell_school see_holders confirm_links release_papers answer_access",
    ),
    "mash-worker": _role(
        "MASH worker",
        "Works in the multi-agency safeguarding hub.",
        _CASEWORK + "review_assessment see_holders confirm_links tell_school decide_child_referral release_papers",
    ),
    "social-worker": _role(
        "Social worker", "Works with children and their families.", _CASEWORK + "decide_child_referral"
    ),
    "social-care-manager": _role(
        "Social care manager",
        "Duty manager: decides what happens with each report about a child.",
        _CASEWORK + "decide_child_referral see_holders confirm_links declare_sources release_papers answer_access",
    ),
    "adult-social-care": _role(
        "Adult social care worker", "Works with adults who need care and support.", _CASEWORK + "decide_adult_referral"
    ),
    "health": _role(
        "Health professional", "Midwives, health visitors, GPs, hospital and mental health staff.", _CASEWORK
    ),
    "school-key-adult": _role(
        "School key adult",
        "Receives notices about pupils, and supports them.",
        _HEARD_FIRST + "read_school_notice",
    ),
    "housing": _role("Housing officer", "Helps people who must leave, or stay safely.", _CASEWORK),
    "specialist-worker": _role(
        "Specialist worker or IDVA", "Supports victims, independently of every authority.", _CASEWORK + "offer_support"
    ),
    "refuge": _role("Refuge worker", "Runs safe accommodation.", _CASEWORK + "offer_support"),
    "probation": _role("Probation officer", "Supervises people convicted of offences.", _CASEWORK),
    "marac-coordinator": _role(
        "MARAC coordinator",
        "Lists cases and sends what each agency needs before the meeting.",
        _CASEWORK + "list_marac see_holders confirm_links release_papers",
    ),
    "safeguarding-lead": _role(
        "Safeguarding lead",
        "Leads safeguarding in an agency.",
        _CASEWORK
        + "see_holders confirm_links review_assessment declare_sources see_looking manage_staff keep_conflicts"
        " review_emergencies keep_records release_papers answer_access",
    ),
    "information-governance-lead": _role(
        "Information governance lead",
        "Answers for lawful sharing.",
        "read_audit see_looking review_emergencies keep_agreements bring_agencies keep_records draft_papers release_papers"
        " answer_access",
    ),
    "policy-lead": _role("Policy lead", "Looks after the procedures the platform runs.", "adopt_choices try_changes"),
    "partnership-administrator": _role(
        "Partnership administrator",
        "Sees that every duty reaches a team.",
        "see_unrouted declare_sources manage_staff bring_agencies",
    ),
    "auditor": _role("Auditor", "Reads the audit chain, and nothing else.", "read_audit"),
    "service": _role("Connected system", "Another agency's system, through the API.", "notify"),
}
