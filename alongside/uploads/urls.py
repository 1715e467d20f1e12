"""The addresses of files: references and ids only. Their copies are given out elsewhere (`serving.py`)."""

from django.urls import path

from alongside.uploads import views

app_name = "uploads"
urlpatterns = [
    path("cases/<str:reference>/files/add/", views.add, name="add"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("files/<uuid:pk>/copy/", views.copy, name="copy"),
]
