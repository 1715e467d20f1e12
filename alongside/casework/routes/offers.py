"""Addresses of offers of support."""

from django.urls import path

from alongside.casework.views import offers

urlpatterns = [
    path("support/<uuid:pk>/", offers.offer, name="offer"),
    path("support/<uuid:pk>/contact/", offers.contact, name="offer-contact"),
    path("support/<uuid:pk>/attempt/", offers.attempt, name="offer-attempt"),
    path("support/<uuid:pk>/answer/", offers.answer, name="offer-answer"),
]
