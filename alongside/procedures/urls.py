"""Addresses of the procedures browser."""

from django.urls import path

from alongside.procedures import views

app_name = "procedures"
urlpatterns = [
    path("procedures/", views.browse, name="browse"),
    path("procedures/coverage/", views.coverage, name="coverage"),
    path("procedures/rules/<slug:rule_id>/", views.rule, name="rule"),
    path("procedures/areas/<slug:area>/", views.choices, name="choices"),
    path("procedures/areas/<slug:area>/<slug:parameter>/", views.choose, name="choose"),
    path("procedures/documents/", views.documents, name="documents"),
    path("procedures/documents/<str:code>/", views.document, name="document"),
]
