"""The addresses of sharing."""

from django.urls import path

from alongside.sharing.conflicts import views as conflicts
from alongside.sharing.consults import views
from alongside.sharing.consults.sources import views as sources
from alongside.sharing.emergency import views as emergency

app_name = "sharing"
urlpatterns = [
    path("cases/<str:reference>/consult/", views.ask_again, name="consult"),
    path("cases/<str:reference>/known-to-me/", conflicts.declare, name="declare-conflict"),
    path("people-close-to-you/", conflicts.mine, name="close-people"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/told/", conflicts.tell, name="conflict-told"),
    path("conflicts/<uuid:pk>/", conflicts.conflict, name="conflict"),
    path("conflicts/asked/<uuid:pk>/", conflicts.answer, name="conflict-answer"),
    path("conflicts/carry-on/<uuid:pk>/", conflicts.carry_on, name="carry-on"),
    path("emergency/", emergency.open_case, name="emergency"),
    path("emergency/openings/", emergency.openings, name="emergencies"),
    path("emergency/openings/<uuid:pk>/", emergency.review, name="emergency-review"),
    path("emergency/openings/<uuid:pk>/end/", emergency.end, name="emergency-end"),
    path("consults/", views.asked, name="asked"),
    path("consults/sources/", sources.sources, name="sources"),
    path("consults/sources/<slug:agency>/", sources.source, name="source"),
    path("consults/sources/<slug:agency>/end/", sources.end, name="source-end"),
]
