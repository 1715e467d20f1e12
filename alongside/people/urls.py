"""The addresses of people: uuids only, never a name."""

from django.urls import path

from alongside.people import views

app_name = "people"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/who/", views.who, name="who"),
    path("people/<uuid:pk>/addresses/", views.show, {"what": "addresses"}, name="addresses"),
    path("people/<uuid:pk>/contacts/", views.show, {"what": "contacts"}, name="contacts"),
    path("people/links/<uuid:pk>/undo/", views.undo, name="undo"),
]
