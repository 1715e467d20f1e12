"""Addresses of the scene record, and of acts without a page of their own."""

from django.urls import path

from alongside.casework.views import acts, scene

urlpatterns = [
    path("cases/<str:reference>/scene/", scene.scene, name="scene"),
    path("tasks/<uuid:task_id>/done/", acts.act, name="act"),
]
