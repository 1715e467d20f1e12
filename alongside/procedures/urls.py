"""Addresses of the procedures browser."""

from django.urls import path

from alongside.procedures import views
from alongside.procedures.documents import views as documents

app_name = "procedures"
urlpatterns = [
    path("procedures/", views.browse, name="browse"),
    path("procedures/coverage/", views.coverage, name="coverage"),
    path("procedures/rules/<slug:rule_id>/", views.rule, name="rule"),
    path("procedures/areas/<slug:area>/", views.choices, name="choices"),
    path("procedures/areas/<slug:area>/<slug:parameter>/", views.choose, name="choose"),
    path("procedures/documents/", documents.documents, name="documents"),
    path("procedures/documents/<str:code>/", documents.document, name="document"),
    path("procedures/documents/<str:code>/<slug:rule_id>/", documents.sentence, name="sentence"),
]
