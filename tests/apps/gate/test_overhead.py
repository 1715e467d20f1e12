"""What the benchmark asks beside the gate: the same statement without the gate's words, and nothing else left out."""

from __future__ import annotations

from alongside.cases.models import Case, CaseMember
from alongside.gate.viewing import Viewer
from bench.overhead_site import without_gate
from tests.apps.partnership import NOW, Partnership, call


def test_the_statement_beside_has_all_but_the_words_of_the_gate(there: Partnership) -> None:
    case = call(there)
    stranger = Viewer(there.users["idva"], NOW)
    rows = CaseMember.objects.filter(case=case).visible_to(stranger)
    assert not rows.exists()
    twin, gated = without_gate(rows.query)
    rows.query = twin
    assert gated and "gate_ground" not in str(twin)
    assert set(rows.values_list("pk", flat=True)) == set(case.members.values_list("pk", flat=True))
    assert without_gate(Case.objects.filter(pk=case.pk).query)[1] is False


def test_a_statement_inside_another_loses_them_too(there: Partnership) -> None:
    call(there)
    seen = Case.objects.visible_to(Viewer(there.users["officer"], NOW))
    rows = CaseMember.objects.filter(case__in=seen)
    twin, gated = without_gate(rows.query)
    assert gated and "gate_ground" in str(rows.query) and "gate_ground" not in str(twin)
