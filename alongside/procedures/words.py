"""How rules, outcomes and choices are said on a screen."""

REACHES = {
    "duty": "A duty: somebody has to act",
    "bar": "A bar: an act is stopped",
    "threshold": "A threshold beside an act",
    "permission": "A permission beside an act",
    "guidance": "Guidance in its place",
    "reference": "Reference: a definition, a form, a role",
}
# The same as headings over many rules.
ASKED = {
    "duty": "What somebody has to do",
    "bar": "What must not be done",
    "threshold": "What has to be met for an act",
    "permission": "What may be done",
    "guidance": "How to go about it",
    "reference": "What words, forms and roles mean",
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
    "confirm": "default, to be confirmed by your partnership; in force",
    "proposed": "proposed, to be adopted by your partnership",
    None: "",  # that it is not set is said where its value would be
}

# Kinds of record that close a duty.
EVIDENCE = {
    "scene.finished": "the finished scene record",
    "referral.sent_to_childrens_social_care": "a referral sent to children’s social care",
    "referral.decided_not_to_refer": "a named decision not to refer, with its reason",
    "referral.sent_to_adult_social_care": "a referral sent to adult social care",
    "referral.decided_not_to_refer_adult": "a named decision not to refer, with its reason",
    "referral.checklist_sent_to_childrens_social_care": "a referral to children’s social care with a copy of the risk checklist",
    "referral.written_followup": "the written referral after the telephone call",
    "marac.referred": "a referral to MARAC",
    "marac.decided_not_to_refer": "a named decision not to refer to MARAC, with its reason",
    "marac.listed_and_copied": "the case listed, and its copies sent",
    "school.notice_opened": "the notice, opened by the school",
    "school.told_by_telephone": "a note that the school was told by telephone",
    "csc.decided": "a decision with its reason",
    "asc.decided": "a decision with its reason",
    "idva.offer_answered": "an offer made safely, and her answer",
    "dial.reviewed_by_supervisor": "a supervisor’s review of the DIAL",
    "dial.reviewed_in_mash": "a review of the DIAL in the MASH",
    "consult.done": "the answers of the records consulted",
    "acknowledgement.sent": "the acknowledgement sent",
    "act.recorded": "a note of what was done, when and by whom",
}
