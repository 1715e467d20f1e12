"""Texts that are scripts to whatever takes them for markup: in HTML, in attributes, in addresses, in styles, in templates, in JSON."""

from __future__ import annotations

# Every one calls `ran`, which a page of these tests counts; what a browser stopped it counts too.
CORPUS = (
    "<script>ran()</script>",
    '"><script>ran()</script>',
    "<img src=x onerror=ran()>",
    "'\"><img src=x onerror=ran()>",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "</textarea><script>ran()</script>",
    "</title><script>ran()</script>",
    "--><script>ran()</script>",
    "]]><script>ran()</script>",
    '" onfocus=ran() autofocus x="',
    "' onmouseover=ran() '",
    "<a href=javascript:ran()>press</a>",
    "javascript:ran()//",
    "<iframe srcdoc='<script>parent.ran()</script>'>",
    "<details open ontoggle=ran()>",
    "<input autofocus onfocus=ran()>",
    "<style>@import'javascript:ran()';</style>",
    "<form><button formaction=javascript:ran()>x",
    "<base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=ran()>",
    "{{ ran() }}{% print(7*7) %}${7*7}#{7*7}",
    "\\u003cscript\\u003eran()\\u003c/script\\u003e",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "<ScRiPt x=\u2028>ran()</sCrIpT >",
    "<script/src=data:,ran()>",
)
EVERYTHING = " ".join(CORPUS)
# Short ones, for where a name or a number stands.
NAME, LINE = CORPUS[3], CORPUS[2] + CORPUS[10]
# Run before anything of the page: counts what ran, and what the policy of the page had to stop.
COUNTS = """
window.ran = () => { console.error("ran: a text ran as a script"); };
window.alert = window.ran;
addEventListener("securitypolicyviolation", (event) => { console.error("stopped: " + event.violatedDirective); });
"""


def notification() -> dict[str, object]:
    """A call whose every text is one of those."""
    person = {"given_name": NAME, "family_name": NAME, "first_language": NAME}
    address = {"lines": LINE, "postcode": "CV6 5AA", "current": True}
    return {
        "id": "EX-2026-SCRIPTS",
        "kind": "police-incident",
        "source": {"agency": "west-midlands-police", "name": NAME, "role": "response"},
        "received_at": "2026-03-02T22:14:00Z",
        "occurred_at": "2026-03-02T21:30:00Z",
        "area": "coventry",
        "summary": EVERYTHING,
        "incident": {"types": ["psychological"], "recorded_as": "non-crime", "police_attended": True},
        "people": [
            person | {"ref": "v", "roles": ["victim"], "date_of_birth": "1996-05-11", "addresses": [address]},
            person | {"ref": "p", "roles": ["person-causing-harm"], "date_of_birth": "1994"},
            person | {"ref": "c", "roles": ["child"], "date_of_birth": "2025-03-20", "lives_in_household": True},
        ],
        "relationships": [{"from": "p", "to": "v", "kind": "partner"}, {"from": "v", "to": "c", "kind": "parent-of"}],
        "safe_contact": [{"person": "v", "channel": "phone", "value": "07700 900123", "safe": None, "note": LINE}],
    }
