// A shop in a minute, with Stripe's SDK for Go: a product, a customer, a subscription, a month, and the webhook of its invoice.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"time"

	"github.com/stripe/stripe-go/v85"
)

// must ends the program where a call was refused.
func must[T any](answer T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return answer
}

func at(day string) *int64 {
	return stripe.Int64(must(time.Parse(time.DateOnly, day)).Unix())
}

func address() string {
	if url := os.Getenv("DUNLIN_URL"); url != "" {
		return url
	}
	return "http://127.0.0.1:4010"
}

func main() {
	ctx := context.Background()
	config := &stripe.BackendConfig{URL: stripe.String(address())}
	client := stripe.NewClient(os.Getenv("DUNLIN_KEY"), stripe.WithBackends(stripe.NewBackendsWithConfig(config)))

	// 1. What you sell: fifteen dollars a month.
	product := must(client.V1Products.Create(ctx, &stripe.ProductCreateParams{Name: stripe.String("Pro")}))
	price := must(client.V1Prices.Create(ctx, &stripe.PriceCreateParams{
		Product: stripe.String(product.ID), Currency: stripe.String("usd"), UnitAmount: stripe.Int64(1500),
		Recurring: &stripe.PriceCreateRecurringParams{Interval: stripe.String("month")},
	}))
	fmt.Println("ok", product.Name, "costs", price.UnitAmount, "cents a month")

	// 2. Webhooks: take the events of this seller, and believe only what is signed.
	var customer *stripe.Customer
	var endpoint *stripe.WebhookEndpoint
	var ours atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		body := must(io.ReadAll(request.Body))
		event := must(client.ConstructEvent(body, request.Header.Get("Stripe-Signature"), endpoint.Secret))
		if customer != nil && event.Data.Object["customer"] == customer.ID {
			ours.Add(1)
		}
	}))
	endpoint = must(client.V1WebhookEndpoints.Create(ctx, &stripe.WebhookEndpointCreateParams{
		URL:           stripe.String(server.URL + "/"),
		EnabledEvents: stripe.StringSlice([]string{"invoice.paid"}),
		APIVersion:    stripe.String(stripe.APIVersion),
	}))

	// 3. A customer with a card, in a time of its own.
	clock := must(client.V1TestHelpersTestClocks.Create(ctx, &stripe.TestHelpersTestClockCreateParams{FrozenTime: at("2026-01-31")}))
	customer = must(client.V1Customers.Create(ctx, &stripe.CustomerCreateParams{
		Email: stripe.String("ann@example.com"), TestClock: stripe.String(clock.ID), PaymentMethod: stripe.String("pm_card_visa"),
		InvoiceSettings: &stripe.CustomerCreateInvoiceSettingsParams{DefaultPaymentMethod: stripe.String("pm_card_visa")},
	}))
	fmt.Println("ok", customer.Email, "is a customer")

	// 4. The subscription. Its first invoice is charged at once.
	subscription := must(client.V1Subscriptions.Create(ctx, &stripe.SubscriptionCreateParams{
		Customer: stripe.String(customer.ID),
		Items:    []*stripe.SubscriptionCreateItemParams{{Price: stripe.String(price.ID)}},
	}))
	fmt.Println("ok the subscription is", subscription.Status)

	// 5. A month passes.
	must(client.V1TestHelpersTestClocks.Advance(ctx, clock.ID, &stripe.TestHelpersTestClockAdvanceParams{FrozenTime: at("2026-03-01")}))
	for must(client.V1TestHelpersTestClocks.Retrieve(ctx, clock.ID, nil)).Status != stripe.TestHelpersTestClockStatusReady {
		time.Sleep(200 * time.Millisecond)
	}
	paid := 0
	for invoice, err := range client.V1Invoices.List(ctx, &stripe.InvoiceListParams{Subscription: stripe.String(subscription.ID)}).All(ctx) {
		if must(invoice, err).Status == stripe.InvoiceStatusPaid {
			paid++
		}
	}
	fmt.Println("ok", paid, "invoices are paid")

	// 6. The webhooks of both have arrived.
	for ours.Load() < 2 {
		time.Sleep(200 * time.Millisecond)
	}
	fmt.Println("ok 2 webhooks are verified")
	must(client.V1WebhookEndpoints.Delete(ctx, endpoint.ID, nil))
}
