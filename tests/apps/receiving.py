"""More people for the invented partnership: those who receive what the police send."""

from __future__ import annotations

from datetime import timedelta

from alongside.agencies.models import Agency, Membership, Team, TeamRole, User
from tests.apps.partnership import NOW, PASSWORD, Partnership

PEOPLE = {
    "coordinator": ("marac-coordinator", "partnership", "marac"),
    "adult": ("adult-social-care", "coventry-adult-social-care", "asc"),
    "worker": ("social-worker", "coventry-childrens-social-care", "csc"),
    "governance": ("information-governance-lead", "partnership", "office"),
}


def extend(there: Partnership) -> Partnership:
    """A coordinator, an adult social care worker, a school with key adult and deputy, a second council's duty team, a MASH."""
    school = Agency.objects.create(code="coventry-schools", name="Schools of Coventry", kind="schools")
    there.agencies["coventry-schools"] = school
    there.teams["school"] = Team.objects.create(agency=school, code="school", name="Sample Primary")
    walsall = Agency.objects.create(
        code="walsall-childrens-social-care", name="Walsall Children's Services", kind="childrens-social-care"
    )
    there.agencies[walsall.code] = walsall
    there.teams["walsall-csc"] = Team.objects.create(
        agency=walsall, code="walsall-csc", name="Walsall duty team", phone="01632 960101"
    )
    mash = Team.objects.create(
        agency=there.agencies["coventry-childrens-social-care"], code="mash", name="Coventry MASH"
    )
    there.teams["mash"] = mash
    TeamRole.objects.create(team=mash, role="mash", area=there.area)
    people = {
        **PEOPLE,
        "keyadult": ("school-key-adult", "coventry-schools", "school"),
        "deputy": ("school-key-adult", "coventry-schools", "school"),
        "teacher": ("school-key-adult", "coventry-schools", "school"),
        "walsall": ("social-care-manager", "walsall-childrens-social-care", "walsall-csc"),
    }
    for name, (role, agency, desk) in people.items():
        there.users[name] = User.objects.create_user(
            f"{name}@alongside.example", PASSWORD, name=f"Ash {name.title()}", agency=there.agencies[agency], role=role
        )
        Membership.objects.create(
            user=there.users[name], team=there.teams[desk], from_on=NOW.date() - timedelta(days=30)
        )
    return there
