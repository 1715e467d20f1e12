"""The addresses of the interface. No name-space of its own: the interface brings one, which must stand at the top."""

from django.urls import path

from alongside.api import views

urlpatterns = [
    path("api/v1/docs", views.docs, name="api_docs"),
    path("api/v1/", views.api.urls),
]
