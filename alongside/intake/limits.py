"""How long a text may be where its column has a width; the schema itself sets none. A test holds these to the models."""

LIMITS: dict[str, int] = {
    "people/*/ref": 100,
    "people/*/given_name": 200,
    "people/*/family_name": 200,
    "people/*/also_known_as/*": 300,
    "people/*/ethnicity": 100,
    "people/*/first_language": 100,
    "people/*/school/urn": 20,
    "people/*/school/name": 200,
    "people/*/area": 40,
    "incident/area": 40,
    "safe_contact/*/hours": 200,
    "safe_contact/*/who_may_answer": 200,
    "risk/*/version": 40,
    "risk/*/completed_by": 120,
    "consent/*/purpose": 60,
}
