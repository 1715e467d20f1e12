"""How rules, outcomes and choices are said on a screen."""

REACHES = {
    "duty": "A duty: somebody has to act",
    "bar": "A bar: an act is stopped",
    "threshold": "A threshold beside an act",
    "permission": "A permission beside an act",
    "guidance": "Guidance in its place",
    "reference": "Reference: a definition, a form, a role",
}
OUTCOMES = {"fires": "fires", "does-not-fire": "does not fire", "cannot-decide": "cannot tell yet"}
PLACES = {
    "scene": "at the scene",
    "who": "when people are identified",
    "checklist": "at the risk checklist",
    "case": "on the case page",
    "referral": "when a referral is written",
    "csc-decision": "when children’s social care decides",
    "marac": "at MARAC",
    "school": "at the school notice",
    "idva": "when support is offered",
    "contact": "before somebody is contacted",
    "interview": "when an interview is planned",
    "conference": "at a child protection conference",
    "orders": "at protection notices and orders",
    "disclosure": "at the disclosure scheme",
    "death-review": "at a death review",
    "assessment": "at an assessment",
    "early-help": "at early help",
    "plan": "at the safety plan",
    "directory": "in the directory of services",
    "admin": "for the partnership’s administration",
}
STATUSES = {
    "shipped": "in force as shipped",
    "confirm": "in force, to be confirmed by your partnership",
    "proposed": "proposed, to be adopted by your partnership",
    None: "not set",
}
