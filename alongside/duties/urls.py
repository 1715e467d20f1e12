"""The addresses of tasks, bars and questions: uuids and references only."""

from django.urls import path

from alongside.duties.views import known, questions, task, today, unrouted

app_name = "duties"
urlpatterns = [
    path("", today.today, name="today"),
    path("today/<uuid:pk>/names/", today.names, name="today_names"),
    path("waiting/", today.waiting, name="waiting"),
    path("tasks/<uuid:pk>/", task.task, name="task"),
    path("tasks/<uuid:pk>/names/", task.names, name="task_names"),
    path("tasks/<uuid:pk>/spoken/", task.spoken, name="spoken"),
    path("tasks/<uuid:pk>/otherwise/", task.otherwise, name="otherwise"),
    path("cases/<str:reference>/known/", known.known, name="known"),
    path("cases/<str:reference>/questions/", questions.ask_next, name="questions"),
    path("cases/<str:reference>/questions/<slug:name>/", questions.tell, name="tell"),
    path("questions/", today.asked, name="asked"),
    path("questions/<uuid:pk>/", questions.question, name="question"),
    path("questions/<uuid:pk>/settle/", questions.settle, name="settle"),
    path("unrouted/", unrouted.unrouted, name="unrouted"),
    path("unrouted/<slug:key>/", unrouted.route, name="route"),
]
