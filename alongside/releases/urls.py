"""The addresses of papers and of requests for one's own data."""

from django.urls import path

from alongside.releases import views
from alongside.releases.requests import views as requests

app_name = "releases"
urlpatterns = [
    path("cases/<str:reference>/papers/", views.begin, name="begin"),
    path("papers/", views.mine, name="papers"),
    path("papers/whose/", views.whose, name="whose"),
    path("papers/<uuid:pk>/", views.paper, name="paper"),
    path("papers/<uuid:pk>/release/", views.release, name="release"),
    path("papers/<uuid:pk>/recall/", views.recall, name="recall"),
    path("papers/received/<uuid:pk>/", views.received, name="received"),
    path("papers/copies/<uuid:pk>/", views.copy, name="copy"),
    path("papers/copies/<uuid:pk>/paper.pdf", views.paper_pdf, name="pdf"),
    path("papers/copies/<uuid:pk>/table.csv", views.paper_csv, name="csv"),
    path("papers/copies/<uuid:pk>/told/", views.told, name="told"),
    path("cases/<str:reference>/own-data/", requests.take, name="take"),
    path("own-data/", requests.requests, name="requests"),
    path("own-data/<uuid:pk>/", requests.request_page, name="request"),
]
