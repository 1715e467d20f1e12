"""The questions of "Record a call", one class a page. The same questions feed the page and check-your-answers.

A conditional question reads as a sentence (`GIVEN`): given children is yes, ask youngest; an answer to a question no longer asked is
dropped. A form never saves: `typed()` is handed to an action.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from alongside.design.dates import Moment, PartialDate
from alongside.design.forms import NOT_KNOWN, YES_NO, Answer, GovukForm
from alongside.people.models import CHANNELS, SEXES
from alongside.people.records import UPRN

THREE = (*YES_NO, NOT_KNOWN)


def asked(label: str, help: str = "") -> Answer:
    """Yes, no or not known."""
    return Answer(label=label, help_text=help, choices=THREE)


def one_of(label: str, choices: Iterable[tuple[str, str]], help: str = "") -> Answer:
    """One of a few, drawn as a row; none chosen is *not asked*."""
    return Answer(label=label, help_text=help, choices=list(choices))


def line(label: str, help: str = "", most: int = 200, width: str = "") -> forms.CharField:
    """A short text."""
    widget = forms.TextInput(attrs={"classes": f"govuk-input--width-{width}"} if width else {})
    return forms.CharField(label=label, help_text=help, max_length=most, required=False, widget=widget)


def text(label: str, help: str = "", rows: int = 3) -> forms.CharField:
    """A longer text."""
    return forms.CharField(
        label=label, help_text=help, max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


class Questions(GovukForm):
    """A page of questions. `GIVEN` maps a question to the answer of another it depends on."""

    GIVEN: ClassVar[Mapping[str, tuple[str, frozenset[str]]]] = {}
    title = ""

    def __init__(self, *args: Any, about: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.about = dict(about or {})
        super().__init__(*args, **kwargs)

    def is_asked(self, name: str, typed: Mapping[str, Any]) -> bool:
        """Whether a question is asked, with what was answered before it."""
        other, values = self.GIVEN.get(name, ("", frozenset()))
        if not other:
            return True
        said = typed.get(other)
        return bool(values & (set(said) if isinstance(said, list) else {said or ""}))

    def given(self, name: str) -> dict[str, str] | None:
        """The question and answers another hangs on, for the page: as words, and for the script that folds it away."""
        other, values = self.GIVEN.get(name, ("", frozenset()))
        if other not in self.fields:
            return None
        choices = dict(self.fields[other].choices)  # type: ignore[attr-defined]
        said = " or ".join(f"“{choices[value]}”" for value in choices if value in values and value)
        return {
            "name": self.add_prefix(other),
            "values": " ".join(sorted(values)),
            "words": f"If “{self.fields[other].label}” is answered {said}",
        }

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in self.GIVEN:
            if not self.is_asked(name, typed):
                typed[name] = None
                self.errors.pop(name, None)
        return typed

    def typed(self) -> dict[str, Any]:
        """The answers as plain JSON values; what was not answered is left out."""
        plain = {name: _plain(value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in plain.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def initial(form: type[Questions], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the form's fields take it."""
    fields = form.base_fields
    return {name: datetime.fromisoformat(v) if isinstance(fields.get(name), Moment) else v for name, v in typed.items()}


YES = frozenset({"yes"})


class FirstForm(Questions):
    """The first two minutes."""

    title = "The first two minutes"
    GIVEN = {
        "youngest": ("children", YES),
        "where_detail": ("where", frozenset({"there", "elsewhere", "near"})),
        "reach_value": ("reach", frozenset({"phone", "text", "email"})),
        "reach_note": ("reach", frozenset({"phone", "text", "email", "in-person", "through-professional"})),
    }
    safe_now = Answer(label="Is everybody safe now?", choices=THREE)
    when = one_of(
        "When did it happen?", [("now", "Just now"), ("earlier", "Earlier"), NOT_KNOWN], "The exact time can follow."
    )
    children = Answer(label="Does anybody under 18 live in the home?", choices=THREE)
    youngest = one_of(
        "How old is the youngest?", [("0-11", "Under 1"), ("12-47", "1 to 3"), ("48-215", "4 to 17"), NOT_KNOWN]
    )
    pregnant = Answer(label="Is the victim pregnant?", sensitive=True)
    where = one_of(
        "Where is the person reported as causing harm?",
        [
            ("custody", "In custody"),
            ("there", "There, or at home"),
            ("near", "Near; may come back"),
            ("elsewhere", "Elsewhere, known"),
            NOT_KNOWN,
        ],
    )
    where_detail = line("Where exactly", "Kept sealed; shown only on request.", most=500)
    reach = one_of(
        "How can the victim be reached safely?",
        [
            ("phone", "Telephone"),
            ("text", "Text message"),
            ("in-person", "In person"),
            ("through-professional", "Through a professional"),
            ("none", "No way is safe"),
            ("not-known", "Not known yet"),
        ],
    )
    reach_value = line("On which number or address", width="20")
    reach_note = line("When, and who may answer", "For example: weekdays 9 to 3, only her.")
    area = forms.ChoiceField(label="Area", help_text="Where it happened, or where they live.")
    v_given_name = line("Victim: given name", width="20")
    v_family_name = line("Victim: family name", width="20")
    p_given_name = line("Person reported as causing harm: given name", width="20")
    p_family_name = line("Person reported as causing harm: family name", width="20")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = list(self.about.get("areas", ()))
        if self.about.get("kind") == "police-incident":  # what police owe follows the place
            self.fields["area"].help_text = "Where it happened. Where the child lives is asked later."
        self.fields["area"].choices = areas if len(areas) == 1 else [("", "Choose an area"), *areas]  # type: ignore[attr-defined]


class PersonForm(Questions):
    """What is asked of everybody."""

    given_name = line("Given name", width="20")
    family_name = line("Family name", width="20")
    also_known_as = line("Also known as", "Several divided by commas.", most=300)
    date_of_birth = PartialDate(
        label="Date of birth", help_text="Give what is known; only the year is fine.", required=False
    )
    sex = one_of("Sex", [*SEXES, NOT_KNOWN])


class VictimForm(PersonForm):
    title = "The victim"
    pregnant = Answer(label="Is the victim pregnant?", sensitive=True)
    care_and_support_needs = asked(
        "Does the victim need care and support, for example because of illness, disability or age?"
    )
    first_language = line("First language", width="20", most=100)
    interpreter_needed = asked("Is an interpreter needed?", "Never a relative, and never a child.")
    phones = line("Telephone numbers", "Knowing a number does not mean it is safe to use.")
    address = text("Address", f"Kept sealed. {UPRN}", rows=3)
    postcode = line("Postcode", width="10", most=10)
    address_hidden = asked("Is this address hidden from the person reported as causing harm?")
    no_recourse_to_public_funds = asked("Is the victim without recourse to public funds?")
    ethnicity = line("Ethnicity, as the victim gives it", most=100, width="20")
    nhs_number = line("NHS number", width="20", most=20)


class HarmForm(PersonForm):
    title = "The person reported as causing harm"
    GIVEN = {"where_detail": ("where", frozenset({"there", "elsewhere", "near"}))}
    relationship = forms.ChoiceField(
        label="To the victim, this person is …",
        required=False,
        choices=[
            ("", "Not asked"),
            ("partner", "partner"),
            ("ex-partner", "former partner"),
            ("spouse", "husband, wife or civil partner"),
            ("ex-spouse", "former husband, wife or civil partner"),
            ("parent-of", "parent"),
            ("child-of", "son or daughter"),
            ("sibling", "brother or sister"),
            ("other-family", "other family"),
            ("carer", "carer"),
            ("none", "none of these"),
            NOT_KNOWN,
        ],
    )
    lives_in_household = asked("Does this person live in the home?")
    where = FirstForm.base_fields["where"]
    where_detail = FirstForm.base_fields["where_detail"]
    weapons_access = asked("Can this person get at weapons?")
    orders_in_force = text("Orders and bail conditions in force", "One a line.")
    phones = line("Telephone numbers", "Several divided by commas.")
    address = text("Address, if another than the home", rows=3)
    postcode = line("Postcode", width="10", most=10)


class ChildForm(PersonForm):
    title = "A child"
    GIVEN = {
        "own_words": ("spoken_to_alone", YES),
        "school": ("home_educated", frozenset({"", "no", "not-known"})),
        "school_urn": ("home_educated", frozenset({"", "no", "not-known"})),
    }
    parents = forms.MultipleChoiceField(label="Whose child", widget=forms.CheckboxSelectMultiple, required=False)
    lives_in_household = asked("Does the child live in the home?")
    present = asked("Was the child there?")
    experienced_incident = asked("Did the child experience it: see it, hear it, or live through what came after?")
    harmed = asked("Was the child hurt, also by accident or by stepping in?")
    spoken_to_alone = asked("Has somebody spoken to the child alone?")
    own_words = text("In the child's own words", "Word for word, as far as you remember.")
    home_educated = asked("Is the child taught at home?")
    school = line(
        "School, nursery or college",
        "Its name, or its unique reference number (URN). You are asked which, where several fit.",
    )
    school_urn = forms.ChoiceField(label="Which school is it?", widget=forms.RadioSelect, required=False)
    area = forms.ChoiceField(label="Where the child lives", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parents"].choices = list(self.about.get("parents", ()))  # type: ignore[attr-defined]
        areas = [("", "Not said"), *self.about.get("areas", ()), ("other", "Outside these areas")]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        schools = list(self.about.get("schools", ()))
        if schools:
            self.fields["school_urn"].choices = [*schools, ("none", "None of these; keep the name as typed")]  # type: ignore[attr-defined]
        else:
            del self.fields["school_urn"]
        if not self.about.get("parents"):
            del self.fields["parents"]

    def ask_which_school(self) -> None:
        """Several schools fit what was typed and none is chosen: the page asks which."""
        typed = self.cleaned_data
        if "school_urn" in self.fields and typed.get("school") and not typed.get("school_urn"):
            self.add_error("school_urn", "Choose the school, so that it can be told before the child comes in.")

    def typed(self) -> dict[str, Any]:
        """With the register's own name where a school was chosen from it."""
        typed = super().typed()
        names = dict(self.about.get("schools", ()))
        if typed.get("school_urn") in names:
            return typed | {"school": names[typed["school_urn"]]}
        return {name: value for name, value in typed.items() if name != "school_urn"}


def school_chosen(data: QueryDict, schools: list[tuple[str, str]]) -> QueryDict:
    """The one school that fits is chosen without asking; a choice made before for another name is let go."""
    typed = data.copy()
    numbers = [number for number, _ in schools]
    if typed.get("school_urn", "") not in (*numbers, "none"):
        typed.pop("school_urn", None)
    if len(schools) == 1 and "school_urn" not in typed:
        typed["school_urn"] = numbers[0]
    return typed


class OtherForm(PersonForm):
    title = "Somebody else who was there or matters"
    relationship = HarmForm.base_fields["relationship"]
    lives_in_household = asked("Does this person live in the home?")
    phones = line("Telephone numbers")


class WayForm(Questions):
    """One way of reaching the victim."""

    title = "A way to reach the victim"
    GIVEN = {
        "value": ("channel", frozenset({"phone", "text", "email", "letter"})),
        "monitored": ("channel", frozenset({"phone", "text", "email", "letter"})),
        "code_word": ("channel", frozenset({"phone", "text", "email", "in-person"})),
    }
    channel = forms.ChoiceField(
        label="How",
        choices=[(code, words[0].upper() + words[1:]) for code, words in CHANNELS],
        widget=forms.RadioSelect,
    )
    value = line("Number or address", width="20")
    safe = asked("Is this way safe?", "Left open, nobody uses it.")
    monitored = asked("Does somebody else see or hear it?")
    hours = line(
        "When",
        "Written exactly like Mon-Fri 09:00-15:00; Sat 10:00-12:00 the hours are kept to. Other words a colleague reads each time.",
    )
    who_may_answer = line("Who may answer")
    code_word = line("Word agreed with the victim", width="20", most=100)
    note = line("Anything else", most=500)


class IncidentForm(Questions):
    title = "What happened"
    GIVEN = {"arrest_made": ("police_attended", YES)}
    occurred_at = Moment(
        label="When did it happen?",
        help_text="For example 2 3 2026 at 9:30pm. Leave empty when not known.",
        required=False,
    )
    types = forms.MultipleChoiceField(
        label="What kind of abuse",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick what is known. What is not ticked is not known; it is not a no.",
        choices=[
            ("physical", "Physical"),
            ("psychological", "Psychological"),
            ("emotional", "Emotional"),
            ("controlling", "Controlling"),
            ("coercive", "Coercive"),
            ("threats", "Threats"),
            ("stalking", "Stalking or harassment"),
            ("sexual", "Sexual"),
            ("financial", "Financial"),
            ("economic", "Economic"),
            ("honour-based", "In the name of honour"),
            ("forced-marriage", "Forced marriage"),
            ("fgm", "Female genital mutilation"),
        ],
    )
    police_attended = asked("Did officers go there?")
    arrest_made = asked("Was somebody arrested?")
    recorded_as = one_of("Recorded as", [("crime", "A crime"), ("non-crime", "No crime")])
    weapons_used = asked("Was a weapon used, or anything as one?")
    threats_to_kill = asked("Were there threats to kill?")
    attempted_strangulation = Answer(
        label="Was there any strangling, choking or stopping of breath?",
        sensitive=True,
        help_text="There may be no mark. Offer a medical check.",
    )
    sexual_assault = Answer(label="Was any of it sexual?", sensitive=True)
    minor = asked("Does the report describe something minor?")
    postcode = line("Postcode of the place", width="10", most=10)
    summary = text("What happened, in plain words", "What was seen, heard and said; who said it.", rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.about.get("police"):
            del self.fields["recorded_as"]


class ContactForm(Questions):
    title = "Whom it is safe to talk to"
    talk_safe = text("Safe to talk to", "One a line: who, and how they are known.")
    talk_not_safe = text("Not safe to talk to", "One a line.")


class ConsentForm(Questions):
    title = "Consent and what the family knows"
    status = one_of(
        "Does the victim agree to this being passed on?",
        [
            ("given", "Yes"),
            ("refused", "Does not want it"),
            ("not-sought", "Not asked"),
            ("not-safe-to-seek", "Not safe to ask"),
        ],
        "A child at risk is referred with or without it; say then why.",
    )
    family_aware = asked("Does the family know that this is passed on?")
    raises_risk = asked("Would it raise the risk if they knew?")
    history = text("What is known from before", rows=4)


class TellerForm(Questions):
    title = "Who told you"
    disclosed_by = one_of(
        "Who said so?",
        [("victim", "The victim"), ("child", "A child"), ("perpetrator", "The person reported as causing harm")],
    )
    name = line("Name", "Leave empty when it is to stay unsaid.", width="20")
    role = line("Role, or how they know the family")
    phone = line("Telephone", width="20", most=30)
    email = line("Email", width="20")
    protect_identity = asked("Is it to stay hidden who told?", "Then nobody but your agency sees it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.about.get("kind") != "disclosure":
            del self.fields["disclosed_by"]


ITEMS: dict[str, type[Questions]] = {
    "victim": VictimForm,
    "person-causing-harm": HarmForm,
    "child": ChildForm,
    "other": OtherForm,
    "way": WayForm,
}
PAGES: dict[str, type[Questions]] = {
    "first": FirstForm,
    "incident": IncidentForm,
    "contact": ContactForm,
    "consent": ConsentForm,
    "teller": TellerForm,
}
