"""Stable codes: kinds of agency, and what a team does in an area (its roles)."""

AGENCY_KINDS = {
    "police": "Police",
    "childrens-social-care": "Children's social care",
    "adult-social-care": "Adult social care",
    "housing": "Housing",
    "domestic-abuse-service": "Specialist domestic abuse service",
    "schools": "Schools",
    "health": "Health",
    "probation": "Probation",
    "partnership": "The partnership itself",
}

TEAM_ROLES = {
    "front-line": "takes the first call or report",
    "supervisor": "reviews what the front line recorded",
    "safeguarding-desk": "is the police desk for victims, children and schools",
    "mash": "works as the multi-agency safeguarding hub (MASH)",
    "csc-duty": "decides on reports about children",
    "asc-duty": "decides on reports about adults with care and support needs",
    "marac-coordinator": "runs the multi-agency risk assessment conference (MARAC)",
    "idva": "sends independent domestic violence advisers (IDVA)",
    "school-notices": "receives a notice about a pupil",
    "refuge": "runs a refuge",
    "housing-advice": "advises on housing and homelessness",
    "health-safeguarding": "answers for safeguarding in health services",
    "probation-duty": "is the probation duty desk",
    "service-manager": "manages a service",
    "partnership-administration": "sees that every duty reaches somebody",
}
