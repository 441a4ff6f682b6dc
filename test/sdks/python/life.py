"""The life of a subscription through Stripe's official Python SDK, of which only the address is set."""

import io
import os
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import stripe

ADDRESS = os.environ["DUNLIN_URL"]
KEY = os.environ["DUNLIN_KEY"]
DAY = 86_400
NEW_YEAR = 1_767_225_600  # 2026-01-01T00:00:00Z
PATIENCE_SECONDS = 60


def client_with(key):
    return stripe.StripeClient(key, base_addresses={"api": ADDRESS, "files": ADDRESS})


client = client_with(KEY)


def check(what, holds, seen=None):
    if not holds:
        sys.exit(f"FAILED {what}: {seen!r}")
    print(f"ok {what}", flush=True)


def refused(kind, call):
    """The error of this class that the call raises."""
    try:
        call()
    except kind as error:
        return error
    sys.exit(f"FAILED nothing raised {kind.__name__}")


def eventually(what, ask):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    sys.exit(f"FAILED waited in vain for {what}")


class Inbox(BaseHTTPRequestHandler):
    deliveries = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Inbox.deliveries.append((body, self.headers["Stripe-Signature"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def open_inbox():
    inbox = HTTPServer(("127.0.0.1", 0), Inbox)
    threading.Thread(target=inbox.serve_forever, daemon=True).start()
    return client.v1.webhook_endpoints.create(
        {
            "url": f"http://127.0.0.1:{inbox.server_port}/",
            "enabled_events": ["customer.created", "invoice.paid"],
            "api_version": stripe.api_version,
        }
    )


def advance(clock, to):
    client.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": to})
    eventually("the test clock", lambda: client.v1.test_helpers.test_clocks.retrieve(clock.id).status == "ready")


def use_card(customer, token):
    card = client.v1.payment_methods.attach(token, {"customer": customer.id})
    client.v1.customers.update(customer.id, {"invoice_settings": {"default_payment_method": card.id}})


def status_becomes(subscription, status):
    eventually(f"the status {status}", lambda: client.v1.subscriptions.retrieve(subscription.id).status == status)
    check(f"the subscription is {status}", True)


def subscribe(clock):
    customer = client.v1.customers.create({"name": "Ada", "email": "ada@example.com", "test_clock": clock.id})
    use_card(customer, "pm_card_visa")
    product = client.v1.products.create({"name": "Plan", "metadata": {"tier": "gold"}})
    price = client.v1.prices.create(
        {"product": product.id, "currency": "usd", "unit_amount": 1000, "recurring": {"interval": "month"}}
    )
    subscription = client.v1.subscriptions.create(
        {
            "customer": customer.id,
            "items": [{"price": price.id}],
            "trial_period_days": 14,
            "expand": ["latest_invoice", "customer"],
        }
    )
    check("the product keeps its metadata", product.metadata["tier"] == "gold", product)
    check("a trial starts", subscription.status == "trialing", subscription.status)
    check("expanded objects are whole", subscription.customer.email == "ada@example.com", subscription.customer)
    check("a trial's invoice is of nothing", subscription.latest_invoice.amount_due == 0, subscription.latest_invoice)
    return customer, subscription


def live(clock, customer, subscription):
    advance(clock, NEW_YEAR + 15 * DAY)
    status_becomes(subscription, "active")
    invoices = client.v1.invoices.list({"customer": customer.id, "limit": 1})
    paid = [(each.status, each.amount_paid) for each in invoices.auto_paging_iter()]
    check("the invoice list pages by itself", paid == [("paid", 1000), ("paid", 0)], paid)

    use_card(customer, "pm_card_chargeCustomerFail")
    advance(clock, NEW_YEAR + 47 * DAY)
    status_becomes(subscription, "past_due")
    owed = client.v1.invoices.list({"customer": customer.id, "status": "open"}).data[0]
    error = refused(stripe.CardError, lambda: client.v1.invoices.pay(owed.id))
    check("a declined card is a CardError", (error.code, error.http_status) == ("card_declined", 402), error)

    card = client.v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    paid = client.v1.invoices.pay(owed.id, {"payment_method": card.id})
    check("the debt is paid with another card", (paid.status, paid.amount_remaining) == ("paid", 0), paid.status)
    status_becomes(subscription, "active")
    ended = client.v1.subscriptions.cancel(subscription.id)
    check("the subscription ends", ended.status == "canceled", ended.status)


def events_tell(customer):
    events = client.v1.events.list({"limit": 5, "types": ["customer.created", "invoice.paid"]}).auto_paging_iter()
    mine = [each for each in events if customer.id in str(each.data.object)]
    types = [each.type for each in mine]
    check("events tell what happened", types == ["invoice.paid"] * 3 + ["customer.created"], types)


def webhooks_arrive(endpoint, customer):
    def signed_event():
        for body, signature in list(Inbox.deliveries):
            event = client.construct_event(body, signature, endpoint.secret)
            if event.type == "customer.created" and event.data.object["id"] == customer.id:
                return event, body, signature
        return None

    event, body, signature = eventually("a webhook", signed_event)
    check("the SDK verifies a webhook", event.api_version == stripe.api_version, event.api_version)
    forged = body.replace(b"Ada", b"Eve")
    refused(stripe.SignatureVerificationError, lambda: client.construct_event(forged, signature, endpoint.secret))
    check("the SDK refuses a forged webhook", True)


def repetitions():
    options = {"idempotency_key": f"python-{time.time_ns()}"}
    first = client.v1.customers.create({"name": "Once"}, options)
    again = client.v1.customers.create({"name": "Once"}, options)
    check("a repeated call does nothing twice", first.id == again.id, again.id)
    check("a repetition says so", again.last_response.headers["idempotent-replayed"] == "true", again.last_response.headers)
    refused(stripe.IdempotencyError, lambda: client.v1.customers.create({"name": "Twice"}, options))
    check("another call under the same key is an IdempotencyError", True)


def files():
    contents = b"%PDF-1.7\n%%EOF"
    receipt = io.BytesIO(contents)
    receipt.name = "receipt.pdf"
    file = client.v1.files.create({"purpose": "dispute_evidence", "file": receipt})
    check("a file is uploaded", (file.filename, file.size) == ("receipt.pdf", len(contents)), file)
    link = client.v1.file_links.create({"file": file.id})
    with urllib.request.urlopen(link.url) as shown:
        seen = shown.read()
    check("its link shows it", seen == contents, seen)


def errors():
    missing = refused(stripe.InvalidRequestError, lambda: client.v1.customers.retrieve("cus_none"))
    check("what is missing is an InvalidRequestError", (missing.code, missing.http_status) == ("resource_missing", 404), missing)
    wrong = refused(stripe.InvalidRequestError, lambda: client.v1.prices.create({"currency": "usd", "unit_amount": -1, "product": "x"}))
    check("a wrong parameter is named", wrong.param == "unit_amount", wrong.param)
    unknown = refused(stripe.AuthenticationError, lambda: client_with("sk_test_nobody").v1.accounts.retrieve_current())
    check("an unknown key is an AuthenticationError", unknown.http_status == 401, unknown)
    declined = refused(
        stripe.CardError,
        lambda: client.v1.payment_intents.create(
            {
                "amount": 1000,
                "currency": "usd",
                "payment_method": "pm_card_visa_chargeDeclinedInsufficientFunds",
                "payment_method_types": ["card"],
                "confirm": True,
            }
        ),
    )
    check("a decline has its reason", declined.error.decline_code == "insufficient_funds", declined.error)


def main():
    account = client.v1.accounts.retrieve_current()
    check("the account is there", account.id.startswith("acct_"), account.id)
    endpoint = open_inbox()
    clock = client.v1.test_helpers.test_clocks.create({"frozen_time": NEW_YEAR, "name": "Python"})
    customer, subscription = subscribe(clock)
    live(clock, customer, subscription)
    events_tell(customer)
    webhooks_arrive(endpoint, customer)
    repetitions()
    files()
    errors()
    client.v1.webhook_endpoints.delete(endpoint.id)
    client.v1.test_helpers.test_clocks.delete(clock.id)


main()
