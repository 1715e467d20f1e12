"""The addresses of schools and their notices: ids and references only, never a name."""

from django.urls import path

from alongside.children.views import register, school, telling

app_name = "children"
urlpatterns = [
    path("tell-school/<str:reference>/", telling.tell, name="tell"),
    path("tell-school/<str:reference>/<uuid:child>/", telling.tell_child, name="tell-child"),
    path("tell-school/<str:reference>/<uuid:child>/telephone/", telling.unlisted, name="tell-unlisted"),
    path("school-notices/<uuid:pk>/", telling.notice, name="notice"),
    path("school-notices/<uuid:pk>/told/", telling.told, name="told"),
    path("notices/", school.inbox, name="inbox"),
    path("notices/<uuid:pk>/", school.notice, name="school-notice"),
    path("notices/<uuid:pk>/open/", school.open_notice, name="open"),
    path("notices/<uuid:pk>/support/", school.support, name="support"),
    path("schools/", register.schools, name="schools"),
    path("schools/new/", register.school, name="new-school"),
    path("schools/terms/<slug:area>/", register.terms, name="terms"),
    path("schools/terms/<uuid:pk>/remove/", register.remove_term, name="remove-term"),
    path("schools/<str:urn>/", register.school, name="school"),
]
