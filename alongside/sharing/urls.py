"""The addresses of sharing."""

from django.urls import path

from alongside.sharing.consults import views

app_name = "sharing"
urlpatterns = [
    path("cases/<str:reference>/consult/", views.ask_again, name="consult"),
    path("consults/", views.asked, name="asked"),
]
