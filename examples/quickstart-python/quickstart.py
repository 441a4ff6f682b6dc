"""A shop in a minute, with Stripe's SDK for Python: a product, a customer, a subscription, a month, and the webhook of its invoice."""

import os
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

import stripe

client = stripe.StripeClient(
    os.environ["DUNLIN_KEY"],
    base_addresses={"api": os.environ.get("DUNLIN_URL", "http://127.0.0.1:4010")},
)


def at(day):
    return int(datetime.fromisoformat(day).replace(tzinfo=timezone.utc).timestamp())


# 1. What you sell: fifteen dollars a month.
product = client.v1.products.create({"name": "Pro"})
price = client.v1.prices.create(
    {"product": product.id, "currency": "usd", "unit_amount": 1500, "recurring": {"interval": "month"}}
)
print(f"ok {product.name} costs {price.unit_amount} cents a month")

# 2. Webhooks: take the events of this seller, and believe only what is signed.
events = []


class Webhooks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        events.append(client.construct_event(body, self.headers["Stripe-Signature"], endpoint.secret))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Webhooks)
endpoint = client.v1.webhook_endpoints.create(
    {
        "url": f"http://127.0.0.1:{server.server_port}/",
        "enabled_events": ["invoice.paid"],
        "api_version": stripe.api_version,
    }
)
threading.Thread(target=server.serve_forever, daemon=True).start()

# 3. A customer with a card, in a time of its own.
clock = client.v1.test_helpers.test_clocks.create({"frozen_time": at("2026-01-31")})
customer = client.v1.customers.create(
    {
        "email": "ann@example.com",
        "test_clock": clock.id,
        "payment_method": "pm_card_visa",
        "invoice_settings": {"default_payment_method": "pm_card_visa"},
    }
)
print(f"ok {customer.email} is a customer")

# 4. The subscription. Its first invoice is charged at once.
subscription = client.v1.subscriptions.create({"customer": customer.id, "items": [{"price": price.id}]})
print(f"ok the subscription is {subscription.status}")

# 5. A month passes.
client.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": at("2026-03-01")})
while client.v1.test_helpers.test_clocks.retrieve(clock.id).status != "ready":
    time.sleep(0.2)
invoices = client.v1.invoices.list({"subscription": subscription.id})
print(f"ok {len([invoice for invoice in invoices.data if invoice.status == 'paid'])} invoices are paid")

# 6. The webhooks of both have arrived.
while len([event for event in events if event.data.object["customer"] == customer.id]) < 2:
    time.sleep(0.2)
print("ok 2 webhooks are verified")

client.v1.webhook_endpoints.delete(endpoint.id)
