"""Which linkage model scored when: each one put in force is a row that stays, with all it needs to score again."""

from __future__ import annotations

from django.db import models

from alongside.audit.api import AppendOnly, Privacy

HOW_INSTALLED = [
    ("trained", "trained on the records held here"),
    ("counted", "the model before it, with how common values are counted anew"),
    ("file", "from a file, with how common values are counted here"),
    ("shipped", "the one that comes with each release"),
]


class InstalledModel(AppendOnly):
    """A linkage model put in force; the last row counts, and no row is the shipped model. `text` is its JSON: how common values are
    stands in it under keyed hashes, so it holds no name; empty for the shipped one. `people`: how many it was counted among."""

    hash = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    how = models.CharField(max_length=10, choices=HOW_INSTALLED)
    people = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    installed_on = models.DateTimeField()

    privacy = Privacy(who="operators", kept="while the partnership exists", special=False, sealed=(), about="none")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_the_shipped_model_has_no_text",
                condition=models.Q(how="shipped", text="") | (~models.Q(how="shipped") & ~models.Q(text="")),
            )
        ]

    def __str__(self) -> str:
        return f"linkage model {self.hash[:12]}"
