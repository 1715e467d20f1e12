"""Addresses of risk; nothing in them says what they are about."""

from django.urls import path

from alongside.risk import views

app_name = "risk"
urlpatterns = [
    path("cases/<str:reference>/checklist/", views.checklist, name="checklist"),
    path("cases/<str:reference>/checklist/<slug:instrument>/", views.checklist, name="instrument"),
    path("cases/<str:reference>/judgement/", views.judge, name="judge"),
    path("tasks/<uuid:task_id>/review/", views.review, name="review"),
]
