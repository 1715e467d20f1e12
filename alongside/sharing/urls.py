"""The addresses of sharing."""

from django.urls import path

from alongside.sharing.agreements import views as agreements
from alongside.sharing.conflicts import views as conflicts
from alongside.sharing.consults import views
from alongside.sharing.consults.sources import views as sources
from alongside.sharing.decisions import views as decisions
from alongside.sharing.emergency import views as emergency
from alongside.sharing.letters import views as letters
from alongside.sharing.needing import views as needing

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
    path("need/", needing.need, name="need"),
    path("people/<uuid:pk>/need/<uuid:record>/", needing.need_record, name="need-record"),
    path("emergency/", emergency.open_case, name="emergency"),
    path("emergency/openings/", emergency.openings, name="emergencies"),
    path("emergency/openings/<uuid:pk>/", emergency.review, name="emergency-review"),
    path("emergency/openings/<uuid:pk>/end/", emergency.end, name="emergency-end"),
    path("cases/<str:reference>/share/", decisions.choose, name="share"),
    path("cases/<str:reference>/share/<uuid:record>/<slug:team>/", decisions.write, name="share-write"),
    path("cases/<str:reference>/share/<uuid:record>/<slug:team>/not/", decisions.keep_back, name="share-not"),
    path("cases/<str:reference>/said/", decisions.said, name="said"),
    path("cases/<str:reference>/letters/<uuid:person>/", letters.write, name="letter"),
    path("shared/", decisions.shared_with_us, name="shared-with-us"),
    path("shared/<uuid:pk>/", decisions.shared, name="shared"),
    path("decisions/<uuid:pk>/", decisions.again, name="decision"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/add/", agreements.add, name="agreement-add"),
    path("agreements/<uuid:pk>/", agreements.agreement, name="agreement"),
    path("consults/", views.asked, name="asked"),
    path("consults/sources/", sources.sources, name="sources"),
    path("consults/sources/<slug:agency>/", sources.source, name="source"),
    path("consults/sources/<slug:agency>/end/", sources.end, name="source-end"),
]
