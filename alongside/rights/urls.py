"""The addresses of what people may ask of their records."""

from django.urls import path

from alongside.rights import views

app_name = "rights"
urlpatterns = [
    path("privacy-notices/", views.notices, name="notices"),
    path("privacy-notices/<slug:notice>/", views.notice, name="notice"),
    path("cases/<str:reference>/dispute/", views.dispute, name="dispute"),
    path("disputes/<uuid:pk>/", views.disputed, name="disputed"),
    path("cases/<str:reference>/told/<uuid:person>/", views.told, name="told"),
]
