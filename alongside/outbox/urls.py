"""The addresses of the outbox."""

from django.urls import path

from alongside.outbox import views

app_name = "outbox"
urlpatterns = [path("outbox/mail/", views.caught_mail, name="mail")]
