"""The addresses of keeping."""

from django.urls import path

from alongside.keeping import views

app_name = "keeping"
urlpatterns = [
    path("keeping/", views.overview, name="overview"),
    path("keeping/person/<uuid:pk>/", views.person, name="person"),
    path("keeping/holds/<uuid:pk>/", views.hold, name="hold"),
    path("keeping/erasures/<uuid:pk>/", views.erasure, name="erasure"),
]
