"""Addresses of offers of support."""

from django.urls import path

from alongside.casework.views import offers

urlpatterns = [
    path("support/<uuid:task_id>/", offers.offer, name="offer"),
    path("support/<uuid:task_id>/contact/", offers.contact, name="offer-contact"),
    path("support/<uuid:task_id>/attempt/", offers.attempt, name="offer-attempt"),
    path("support/<uuid:task_id>/answer/", offers.answer, name="offer-answer"),
]
