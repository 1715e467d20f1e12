"""The addresses of MARAC: ids and references only."""

from django.urls import path

from alongside.marac import views
from alongside.marac.patterns import views as patterns

app_name = "marac"
urlpatterns = [
    path("marac/", views.coordinator, name="coordinator"),
    path("marac/refer/<str:reference>/", views.refer, name="refer"),
    path("marac/refer/<str:reference>/not/", views.do_not_refer, name="do-not-refer"),
    path("marac/referrals/<uuid:pk>/", views.referral, name="referral"),
    path("marac/referrals/<uuid:pk>/contact/", views.contact, name="contact"),
    path("marac/referrals/<uuid:pk>/list/", views.list_case, name="list"),
    path("marac/referrals/<uuid:pk>/offer/", views.offer, name="offer"),
    path("marac/sent-to-us/", views.sent_to_us, name="sent-to-us"),
    path("patterns/", patterns.first, name="several"),
    path("patterns/<slug:kind>/", patterns.several, name="patterns"),
    path("patterns/<slug:kind>/<uuid:pk>/", patterns.review, name="pattern"),
    path("marac/task/<uuid:task_id>/", views.from_task, name="list-task"),
]
