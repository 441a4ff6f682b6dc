import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop in a minute, with Stripe's SDK for Java: a product, a customer, a subscription, a month, and the webhook of its invoice. */
public final class Quickstart {
  private static final StripeClient CLIENT = StripeClient.builder()
      .setApiKey(System.getenv("DUNLIN_KEY"))
      .setApiBase(System.getenv().getOrDefault("DUNLIN_URL", "http://127.0.0.1:4010"))
      .build();

  private static long at(String day) {
    return LocalDate.parse(day).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  public static void main(String[] arguments) throws Exception {
    // 1. What you sell: fifteen dollars a month.
    var product = CLIENT.v1().products().create(ProductCreateParams.builder().setName("Pro").build());
    var monthly = PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build();
    var price = CLIENT.v1().prices().create(
        PriceCreateParams.builder().setProduct(product.getId()).setCurrency("usd").setUnitAmount(1500L).setRecurring(monthly).build());
    System.out.println("ok " + product.getName() + " costs " + price.getUnitAmount() + " cents a month");

    // 2. Webhooks: take the events of this seller, and believe only what is signed.
    List<Event> events = new CopyOnWriteArrayList<>();
    var secret = new CompletableFuture<String>();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      try {
        events.add(CLIENT.constructEvent(body, exchange.getRequestHeaders().getFirst("Stripe-Signature"), secret.join()));
        exchange.sendResponseHeaders(200, -1);
      } catch (com.stripe.exception.SignatureVerificationException forged) {
        exchange.sendResponseHeaders(400, -1);
      }
      exchange.close();
    });
    server.start();
    WebhookEndpoint endpoint = CLIENT.v1().webhookEndpoints().create(
        WebhookEndpointCreateParams.builder()
            .setUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
            .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.INVOICE__PAID)
            .putExtraParam("api_version", Stripe.API_VERSION)
            .build());
    secret.complete(endpoint.getSecret());

    // 3. A customer with a card, in a time of its own.
    var clocks = CLIENT.v1().testHelpers().testClocks();
    var clock = clocks.create(TestClockCreateParams.builder().setFrozenTime(at("2026-01-31")).build());
    var customer = CLIENT.v1().customers().create(
        CustomerCreateParams.builder()
            .setEmail("ann@example.com")
            .setTestClock(clock.getId())
            .setPaymentMethod("pm_card_visa")
            .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build())
            .build());
    System.out.println("ok " + customer.getEmail() + " is a customer");

    // 4. The subscription. Its first invoice is charged at once.
    var subscription = CLIENT.v1().subscriptions().create(
        SubscriptionCreateParams.builder()
            .setCustomer(customer.getId())
            .addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build())
            .build());
    System.out.println("ok the subscription is " + subscription.getStatus());

    // 5. A month passes.
    clocks.advance(clock.getId(), TestClockAdvanceParams.builder().setFrozenTime(at("2026-03-01")).build());
    while (!clocks.retrieve(clock.getId()).getStatus().equals("ready")) Thread.sleep(200);
    var invoices = CLIENT.v1().invoices().list(InvoiceListParams.builder().setSubscription(subscription.getId()).build());
    long paid = invoices.getData().stream().filter(invoice -> invoice.getStatus().equals("paid")).count();
    System.out.println("ok " + paid + " invoices are paid");

    // 6. The webhooks of both have arrived.
    while (events.stream().filter(event -> event.toJson().contains(customer.getId())).count() < 2) Thread.sleep(200);
    System.out.println("ok 2 webhooks are verified");
    CLIENT.v1().webhookEndpoints().delete(endpoint.getId());
    server.stop(0);
  }
}
