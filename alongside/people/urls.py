"""The addresses of people: uuids only, never a name."""

from django.urls import path

from alongside.people import changing, reviewing, views
from alongside.people.contact import views as contact

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
    path("people/<uuid:pk>/reach/", contact.reach, name="reach"),
    path("people/<uuid:pk>/safe-contact/", contact.way, name="safe-contact"),
    path("people/tries/<uuid:pk>/", contact.tried, name="tried"),
    path("people/tries/<uuid:pk>/ask/", contact.find_out, name="find-out"),
    path("people/tries/<uuid:pk>/letter/", contact.plan, name="plan-letter"),
    path("people/letters/<uuid:pk>/", contact.letter, name="letter"),
    path("people/contact-tasks/<uuid:pk>/", contact.task, name="contact-task"),
    path("people/addresses/<uuid:pk>/confidential/", changing.confidential, name="confidential"),
    path("people/shields/<uuid:pk>/lift/", changing.lift, name="lift"),
    path("people/links/<uuid:pk>/", reviewing.second, name="second"),
    path("people/links/<uuid:pk>/undo/", views.undo, name="undo"),
]
