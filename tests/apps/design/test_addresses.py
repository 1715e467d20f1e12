"""Addresses are what Django makes of their names, however often they were asked for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from alongside.design.addresses import address


def test_an_address_is_what_django_makes_of_its_name() -> None:
    task = uuid4()
    for _ in range(2):
        assert address("duties:task", task) == reverse("duties:task", args=[task])
        assert address("duties:task", str(task)) == address("duties:task", task)
        assert address("duties:task", pk=task) == address("duties:task", task)
        assert address("duties:today") == "/"
        with pytest.raises(NoReverseMatch):
            address("duties:nowhere")
        with pytest.raises(NoReverseMatch):
            address("duties:task", "no id")


def test_an_address_stands_below_the_prefix_of_the_site() -> None:
    before = address("cases:list")
    set_script_prefix("/below/")
    try:
        assert address("cases:list") == f"/below{before}"
    finally:
        set_script_prefix("/")
    assert address("cases:list") == before
