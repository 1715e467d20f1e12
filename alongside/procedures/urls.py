"""Addresses of the procedures browser."""

from django.urls import path

from alongside.procedures import views
from alongside.procedures.browsing import views as browsing
from alongside.procedures.confirming import views as confirming
from alongside.procedures.documents import views as documents

app_name = "procedures"
urlpatterns = [
    path("procedures/", browsing.browse, name="browse"),
    path("procedures/asked-of/", browsing.asked_of, name="asked-of"),
    path("procedures/asked-of/<slug:worker>/", browsing.worker, name="worker"),
    path("procedures/acts/", browsing.acts, name="acts"),
    path("procedures/acts/<slug:act>/", browsing.act, name="act"),
    path("procedures/differences/", browsing.differences, name="differences"),
    path("procedures/print/", browsing.print_rules, name="print"),
    path("procedures/coverage/", views.coverage, name="coverage"),
    path("procedures/rules/<slug:rule_id>/", browsing.rule, name="rule"),
    path("procedures/to-confirm/", confirming.areas, name="to-confirm-areas"),
    path("procedures/to-confirm/<slug:area>/", confirming.to_confirm, name="to-confirm"),
    path("procedures/to-confirm/<slug:area>/<slug:parameter>/", confirming.confirm, name="confirm"),
    path("procedures/areas/<slug:area>/", views.choices, name="choices"),
    path("procedures/areas/<slug:area>/<slug:parameter>/", views.choose, name="choose"),
    path("procedures/documents/", documents.documents, name="documents"),
    path("procedures/documents/<str:code>/", documents.document, name="document"),
    path("procedures/documents/<str:code>/<slug:rule_id>/", documents.sentence, name="sentence"),
]
