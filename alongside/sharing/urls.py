"""The addresses of sharing."""

from django.urls import path

from alongside.sharing.consults import views
from alongside.sharing.consults.sources import views as sources

app_name = "sharing"
urlpatterns = [
    path("cases/<str:reference>/consult/", views.ask_again, name="consult"),
    path("consults/", views.asked, name="asked"),
    path("consults/sources/", sources.sources, name="sources"),
    path("consults/sources/<slug:agency>/", sources.source, name="source"),
    path("consults/sources/<slug:agency>/end/", sources.end, name="source-end"),
]
