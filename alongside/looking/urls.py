"""The addresses of looking."""

from django.urls import path

from alongside.looking import views

app_name = "looking"
urlpatterns = [
    path("looking/", views.unusual, name="raised"),
    path("looking/reasons/", views.reasons, name="reasons"),
    path("looking/<uuid:pk>/", views.one, name="one"),
    path("people/<uuid:pk>/looked/", views.person, name="person"),
    path("people/<uuid:pk>/looked/sheet/", views.sheet, name="sheet"),
]
