"""The addresses of cases: references only, never a name."""

from django.urls import path

from alongside.cases import views

app_name = "cases"
urlpatterns = [
    path("cases/", views.cases, name="list"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/contact/", views.contact, name="contact"),
    path("cases/<str:reference>/area/", views.area, name="area"),
    path("cases/<str:reference>/who/", views.who, name="who"),
    path("cases/<str:reference>/see/<slug:tab>/", views.case, name="tab"),
]
