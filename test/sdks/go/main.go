// The life of a subscription through Stripe's official Go SDK, of which only the address is set.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/stripe/stripe-go/v85"
)

const (
	day      = 86_400
	newYear  = 1_767_225_600 // 2026-01-01T00:00:00Z
	patience = time.Minute
)

var (
	ctx    = context.Background()
	client = clientWith(os.Getenv("DUNLIN_KEY"))
)

func clientWith(key string) *stripe.Client {
	config := &stripe.BackendConfig{URL: stripe.String(os.Getenv("DUNLIN_URL")), LeveledLogger: &stripe.LeveledLogger{}}
	return stripe.NewClient(key, stripe.WithBackends(stripe.NewBackendsWithConfig(config)))
}

func fail(what string, seen any) {
	fmt.Printf("FAILED %s: %+v\n", what, seen)
	os.Exit(1)
}

func check(what string, holds bool, seen any) {
	if !holds {
		fail(what, seen)
	}
	fmt.Println("ok", what)
}

// must passes on what a call answers, and ends the program where it was refused.
func must[T any](answer T, err error) T {
	if err != nil {
		fail("a call", err)
	}
	return answer
}

// refused ends the program unless the call was refused by the API.
func refused[T any](_ T, err error) *stripe.Error {
	var refusal *stripe.Error
	if !errors.As(err, &refusal) {
		fail("a refusal by the API", err)
	}
	return refusal
}

func eventually(what string, holds func() bool) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if holds() {
			return
		}
	}
	fail("waited in vain for "+what, nil)
}

func all[T any](list *stripe.V1List[T]) []T {
	var found []T
	for each, err := range list.All(ctx) {
		found = append(found, must(each, err))
	}
	return found
}

type delivery struct {
	body      []byte
	signature string
}

type inbox struct {
	sync.Mutex
	deliveries []delivery
}

func (i *inbox) ServeHTTP(_ http.ResponseWriter, request *http.Request) {
	body := must(io.ReadAll(request.Body))
	i.Lock()
	defer i.Unlock()
	i.deliveries = append(i.deliveries, delivery{body, request.Header.Get("Stripe-Signature")})
}

func (i *inbox) received() []delivery {
	i.Lock()
	defer i.Unlock()
	return append([]delivery(nil), i.deliveries...)
}

func openInbox() (*inbox, *stripe.WebhookEndpoint) {
	box := &inbox{}
	endpoint := must(client.V1WebhookEndpoints.Create(ctx, &stripe.WebhookEndpointCreateParams{
		URL:           stripe.String(httptest.NewServer(box).URL + "/"),
		EnabledEvents: stripe.StringSlice([]string{"customer.created", "invoice.paid"}),
		APIVersion:    stripe.String(stripe.APIVersion),
	}))
	return box, endpoint
}

func advance(clock *stripe.TestHelpersTestClock, to int64) {
	clocks := client.V1TestHelpersTestClocks
	must(clocks.Advance(ctx, clock.ID, &stripe.TestHelpersTestClockAdvanceParams{FrozenTime: stripe.Int64(to)}))
	eventually("the test clock", func() bool {
		return must(clocks.Retrieve(ctx, clock.ID, nil)).Status == stripe.TestHelpersTestClockStatusReady
	})
}

func attach(customer *stripe.Customer, token string) *stripe.PaymentMethod {
	return must(client.V1PaymentMethods.Attach(ctx, token, &stripe.PaymentMethodAttachParams{Customer: stripe.String(customer.ID)}))
}

func useCard(customer *stripe.Customer, token string) {
	settings := &stripe.CustomerUpdateInvoiceSettingsParams{DefaultPaymentMethod: stripe.String(attach(customer, token).ID)}
	must(client.V1Customers.Update(ctx, customer.ID, &stripe.CustomerUpdateParams{InvoiceSettings: settings}))
}

func statusBecomes(subscription *stripe.Subscription, status stripe.SubscriptionStatus) {
	eventually("the status "+string(status), func() bool {
		return must(client.V1Subscriptions.Retrieve(ctx, subscription.ID, nil)).Status == status
	})
	check("the subscription is "+string(status), true, nil)
}

func subscribe(clock *stripe.TestHelpersTestClock) (*stripe.Customer, *stripe.Subscription) {
	customer := must(client.V1Customers.Create(ctx, &stripe.CustomerCreateParams{
		Name: stripe.String("Ada"), Email: stripe.String("ada@example.com"), TestClock: stripe.String(clock.ID),
	}))
	useCard(customer, "pm_card_visa")
	product := must(client.V1Products.Create(ctx, &stripe.ProductCreateParams{
		Name: stripe.String("Plan"), Metadata: map[string]string{"tier": "gold"},
	}))
	price := must(client.V1Prices.Create(ctx, &stripe.PriceCreateParams{
		Product: stripe.String(product.ID), Currency: stripe.String("usd"), UnitAmount: stripe.Int64(1000),
		Recurring: &stripe.PriceCreateRecurringParams{Interval: stripe.String("month")},
	}))
	subscription := must(client.V1Subscriptions.Create(ctx, &stripe.SubscriptionCreateParams{
		Customer:        stripe.String(customer.ID),
		Items:           []*stripe.SubscriptionCreateItemParams{{Price: stripe.String(price.ID)}},
		TrialPeriodDays: stripe.Int64(14),
		Expand:          stripe.StringSlice([]string{"latest_invoice", "customer"}),
	}))
	check("the product keeps its metadata", product.Metadata["tier"] == "gold", product.Metadata)
	check("a trial starts", subscription.Status == stripe.SubscriptionStatusTrialing, subscription.Status)
	check("expanded objects are whole", subscription.Customer.Email == "ada@example.com", subscription.Customer)
	check("a trial's invoice is of nothing", subscription.LatestInvoice.AmountDue == 0, subscription.LatestInvoice)
	return customer, subscription
}

func live(clock *stripe.TestHelpersTestClock, customer *stripe.Customer, subscription *stripe.Subscription) {
	advance(clock, newYear+15*day)
	statusBecomes(subscription, stripe.SubscriptionStatusActive)
	listed := &stripe.InvoiceListParams{Customer: stripe.String(customer.ID)}
	listed.Limit = stripe.Int64(1)
	invoices := all(client.V1Invoices.List(ctx, listed))
	check("the invoice list pages by itself", len(invoices) == 2 && invoices[0].AmountPaid == 1000, len(invoices))

	useCard(customer, "pm_card_chargeCustomerFail")
	advance(clock, newYear+47*day)
	statusBecomes(subscription, stripe.SubscriptionStatusPastDue)
	open := &stripe.InvoiceListParams{Customer: stripe.String(customer.ID), Status: stripe.String("open")}
	owed := all(client.V1Invoices.List(ctx, open))[0]
	declined := refused(client.V1Invoices.Pay(ctx, owed.ID, nil))
	check("a declined card is a card error", declined.Type == stripe.ErrorTypeCard && declined.HTTPStatusCode == 402, declined)

	paid := must(client.V1Invoices.Pay(ctx, owed.ID, &stripe.InvoicePayParams{
		PaymentMethod: stripe.String(attach(customer, "pm_card_visa").ID),
	}))
	check("the debt is paid with another card", paid.Status == stripe.InvoiceStatusPaid && paid.AmountRemaining == 0, paid.Status)
	statusBecomes(subscription, stripe.SubscriptionStatusActive)
	ended := must(client.V1Subscriptions.Cancel(ctx, subscription.ID, nil))
	check("the subscription ends", ended.Status == stripe.SubscriptionStatusCanceled, ended.Status)
}

func eventsTell(customer *stripe.Customer) {
	asked := &stripe.EventListParams{Types: stripe.StringSlice([]string{"customer.created", "invoice.paid"})}
	asked.Limit = stripe.Int64(2)
	var types []string
	for _, event := range all(client.V1Events.List(ctx, asked)) {
		if strings.Contains(string(event.Data.Raw), customer.ID) {
			types = append(types, string(event.Type))
		}
	}
	told := strings.Join(types, " ")
	check("events tell what happened", told == "invoice.paid invoice.paid invoice.paid customer.created", told)
}

func webhooksArrive(box *inbox, endpoint *stripe.WebhookEndpoint, customer *stripe.Customer) {
	var genuine delivery
	var event stripe.Event
	eventually("a webhook", func() bool {
		for _, genuine = range box.received() {
			event = must(client.ConstructEvent(genuine.body, genuine.signature, endpoint.Secret))
			if event.Type == "customer.created" && event.Data.Object["id"] == customer.ID {
				return true
			}
		}
		return false
	})
	check("the SDK verifies a webhook", event.APIVersion == stripe.APIVersion, event.APIVersion)
	forged := bytes.ReplaceAll(genuine.body, []byte("Ada"), []byte("Eve"))
	_, err := client.ConstructEvent(forged, genuine.signature, endpoint.Secret)
	check("the SDK refuses a forged webhook", errors.Is(err, stripe.ErrWebhookNoValidSignature), err)
}

func repetitions() {
	once := func(name string, key string) (*stripe.Customer, error) {
		asked := &stripe.CustomerCreateParams{Name: stripe.String(name)}
		asked.IdempotencyKey = stripe.String(key)
		return client.V1Customers.Create(ctx, asked)
	}
	key := fmt.Sprint("go-", time.Now().UnixNano())
	first, again := must(once("Once", key)), must(once("Once", key))
	check("a repeated call does nothing twice", first.ID == again.ID, again.ID)
	check("a repetition says so", again.LastResponse.Header.Get("Idempotent-Replayed") == "true", again.LastResponse.Header)
	other := refused(once("Twice", key))
	check("another call under the same key is an idempotency error", other.Type == stripe.ErrorTypeIdempotency, other)
}

func files() {
	contents := "%PDF-1.7\n%%EOF"
	file := must(client.V1Files.Create(ctx, &stripe.FileCreateParams{
		Purpose: stripe.String("dispute_evidence"), Filename: stripe.String("receipt.pdf"), FileReader: strings.NewReader(contents),
	}))
	check("a file is uploaded", file.Filename == "receipt.pdf" && file.Size == int64(len(contents)), file)
	link := must(client.V1FileLinks.Create(ctx, &stripe.FileLinkCreateParams{File: stripe.String(file.ID)}))
	shown := must(http.Get(link.URL))
	defer shown.Body.Close()
	seen := must(io.ReadAll(shown.Body))
	check("its link shows it", string(seen) == contents, string(seen))
}

func errorsSpeak() {
	missing := refused(client.V1Customers.Retrieve(ctx, "cus_none", nil))
	check("what is missing is resource_missing", missing.Code == stripe.ErrorCodeResourceMissing && missing.HTTPStatusCode == 404, missing)
	wrong := refused(client.V1Prices.Create(ctx, &stripe.PriceCreateParams{
		Currency: stripe.String("usd"), UnitAmount: stripe.Int64(-1), Product: stripe.String("x"),
	}))
	check("a wrong parameter is named", wrong.Param == "unit_amount", wrong.Param)
	unknown := refused(clientWith("sk_test_nobody").V1Accounts.Retrieve(ctx, nil))
	check("an unknown key is a 401", unknown.HTTPStatusCode == 401, unknown)
	declined := refused(client.V1PaymentIntents.Create(ctx, &stripe.PaymentIntentCreateParams{
		Amount: stripe.Int64(1000), Currency: stripe.String("usd"), Confirm: stripe.Bool(true),
		PaymentMethod:      stripe.String("pm_card_visa_chargeDeclinedInsufficientFunds"),
		PaymentMethodTypes: stripe.StringSlice([]string{"card"}),
	}))
	check("a decline has its reason", declined.DeclineCode == stripe.DeclineCodeInsufficientFunds, declined)
}

func main() {
	account := must(client.V1Accounts.Retrieve(ctx, nil))
	check("the account is there", strings.HasPrefix(account.ID, "acct_"), account.ID)
	box, endpoint := openInbox()
	clock := must(client.V1TestHelpersTestClocks.Create(ctx, &stripe.TestHelpersTestClockCreateParams{FrozenTime: stripe.Int64(newYear)}))
	customer, subscription := subscribe(clock)
	live(clock, customer, subscription)
	eventsTell(customer)
	webhooksArrive(box, endpoint, customer)
	repetitions()
	files()
	errorsSpeak()
	must(client.V1WebhookEndpoints.Delete(ctx, endpoint.ID, nil))
	must(client.V1TestHelpersTestClocks.Delete(ctx, clock.ID, nil))
}
