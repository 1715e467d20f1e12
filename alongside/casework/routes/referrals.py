"""Addresses of referrals and of the inboxes they arrive in."""

from django.urls import path

from alongside.casework.views import inbox, referrals, sending

urlpatterns = [
    path("refer/<str:reference>/<slug:service>/", referrals.refer, name="refer"),
    path("refer/<str:reference>/<slug:service>/spoken/", referrals.telephoned, name="telephoned"),
    path("refer/<str:reference>/<slug:service>/not/", referrals.do_not_refer, name="do-not-refer"),
    path("unsent/<uuid:pk>/", sending.preview, name="unsent"),
    path("unsent/<uuid:pk>/again/", sending.start_again, name="start-again"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/decide/", inbox.decide, name="decide"),
    path("reports/children/", inbox.reports_children, name="reports-children"),
    path("reports/adults/", inbox.reports_adults, name="reports-adults"),
    path("reports/task/<uuid:task_id>/", inbox.from_task, name="decide-task"),
]
