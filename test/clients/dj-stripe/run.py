"""dj-stripe: copies the whole account into Django's database, and makes a customer and a subscription from Django."""

import json
import os
import tempfile

import django
from django.conf import settings

folder = tempfile.mkdtemp()
settings.configure(
    DEBUG=True,
    SECRET_KEY="test",
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "djstripe"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "db.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    # The tables as they are now: its migrations from the first one on take minutes.
    MIGRATION_MODULES={"djstripe": None},
    STRIPE_API_HOST=os.environ["DUNLIN_URL"],
    STRIPE_TEST_SECRET_KEY=os.environ["DUNLIN_KEY"],
    STRIPE_LIVE_MODE=False,
    DJSTRIPE_FOREIGN_KEY_TO_FIELD="id",
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from djstripe import models  # noqa: E402

expected = json.loads(os.environ["EXPECTED"])


def check(what, is_right, told=""):
    print(f"{'ok' if is_right else 'FAILED'} {what}{'' if is_right else f': {told}'}", flush=True)


def attempt(what, act):
    try:
        is_right, told = act()
        check(what, is_right, told)
    except Exception as error:  # a client's failure is a line of the report
        check(what, False, f"{type(error).__name__}: {str(error)[:200]}")


call_command("migrate", run_syncdb=True, verbosity=0)
KINDS = {
    "Product": "products",
    "Price": "prices",
    "Coupon": "coupons",
    "Customer": "customers",
    "Subscription": "subscriptions",
    "Invoice": "invoices",
    "Charge": "charges",
    "Refund": "refunds",
    "PaymentIntent": "paymentIntents",
}
for name, kind in KINDS.items():

    def sync(name=name, kind=kind):
        call_command("djstripe_sync_models", name, verbosity=0)
        count = getattr(models, name).objects.count()
        return count == expected[kind], f"{count}, not {expected[kind]}"

    attempt(f"sync: {name}", sync)


def subscribe():
    user = get_user_model().objects.create(username="ada", email="ada@example.com")
    customer, _ = models.Customer.get_or_create(subscriber=user)
    customer.add_payment_method("pm_card_visa")
    price = models.Price.objects.get(lookup_key="pro")
    subscription = customer.subscribe(items=[{"price": price.id}])
    return customer.subscriptions.filter(id=subscription.id).exists(), subscription.stripe_data.get("status")


attempt("a user becomes a customer and subscribes", subscribe)


def cancel():
    subscription = models.Subscription.objects.filter(customer__subscriber__username="ada").get()
    return subscription.cancel(at_period_end=False).stripe_data["status"] == "canceled", "not canceled"


attempt("the subscription is canceled", cancel)
