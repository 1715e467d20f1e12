"""The addresses of people: uuids only, never a name."""

from django.urls import path

from alongside.people import changing, reviewing, views

app_name = "people"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("people/review/", reviewing.review, name="review"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/who/", views.who, name="who"),
    path("people/<uuid:pk>/change/", changing.change, name="change"),
    path("people/<uuid:pk>/protect/", changing.protect, name="protect"),
    path("people/<uuid:pk>/addresses/", views.show, {"what": "addresses"}, name="addresses"),
    path("people/<uuid:pk>/contacts/", views.show, {"what": "contacts"}, name="contacts"),
    path("people/addresses/<uuid:pk>/confidential/", changing.confidential, name="confidential"),
    path("people/shields/<uuid:pk>/lift/", changing.lift, name="lift"),
    path("people/links/<uuid:pk>/", reviewing.second, name="second"),
    path("people/links/<uuid:pk>/undo/", views.undo, name="undo"),
]
