"""The addresses of casework: one list for each noun in `routes/`, joined here."""

from alongside.casework.routes import offers, referrals, scene

app_name = "casework"
urlpatterns = [*scene.urlpatterns, *referrals.urlpatterns, *offers.urlpatterns]
