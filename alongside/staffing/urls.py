"""The addresses of who works here, and of one's own sessions."""

from django.urls import path

from alongside.staffing import own_views, views
from alongside.staffing.joining import views as joining

app_name = "staffing"
urlpatterns = [
    path("staff/", views.people, name="people"),
    path("staff/join/<slug:agency>/", views.join, name="join"),
    path("staff/people/<uuid:member>/leave/", views.leave, name="leave"),
    path("staff/people/<uuid:member>/reset/", views.reset, name="reset"),
    path("staff/changes/<uuid:change>/", views.decide, name="decide"),
    path("staff/changes/<uuid:change>/take-back/", views.take_back, name="take-back"),
    path("agencies/joining/", joining.every, name="agencies"),
    path("agencies/joining/new/", joining.propose, name="agency-new"),
    path("agencies/joining/<uuid:said>/", joining.decide, name="agency"),
    path("account/sessions/", own_views.sessions, name="sessions"),
    path("account/sessions/end/", own_views.end, name="session-end"),
]
