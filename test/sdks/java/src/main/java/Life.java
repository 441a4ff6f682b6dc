import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Subscription;
import com.stripe.model.WebhookEndpoint;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.FileCreateParams;
import com.stripe.param.FileLinkCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** The life of a subscription through Stripe's official Java SDK, of which only the address is set. */
public final class Life {
  private static final long DAY = 86_400;
  private static final long NEW_YEAR = 1_767_225_600; // 2026-01-01T00:00:00Z
  private static final long PATIENCE_MS = 60_000;
  private static final StripeClient CLIENT = clientWith(System.getenv("DUNLIN_KEY"));

  private record Delivery(String body, String signature) {}

  private final List<Delivery> inbox = new CopyOnWriteArrayList<>();

  private static StripeClient clientWith(String key) {
    return StripeClient.builder().setApiKey(key).setApiBase(System.getenv("DUNLIN_URL")).setFilesBase(System.getenv("DUNLIN_URL")).build();
  }

  private static void check(String what, boolean holds, Object seen) {
    if (!holds) throw new AssertionError("FAILED " + what + ": " + seen);
    System.out.println("ok " + what);
  }

  /** The exception of this class that the call throws. */
  private static <E extends Exception> E refused(Class<E> kind, Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (Exception error) {
      if (kind.isInstance(error)) return kind.cast(error);
      throw error;
    }
    throw new AssertionError("FAILED nothing threw " + kind.getSimpleName());
  }

  private static void eventually(String what, Callable<Boolean> holds) throws Exception {
    long deadline = System.currentTimeMillis() + PATIENCE_MS;
    while (!holds.call()) {
      if (System.currentTimeMillis() > deadline) throw new AssertionError("FAILED waited in vain for " + what);
      Thread.sleep(200);
    }
  }

  private WebhookEndpoint openInbox() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      inbox.add(new Delivery(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    return CLIENT.v1().webhookEndpoints().create(
        WebhookEndpointCreateParams.builder()
            .setUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
            .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED)
            .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.INVOICE__PAID)
            .putExtraParam("api_version", Stripe.API_VERSION)
            .build());
  }

  private static void advance(TestClock clock, long to) throws Exception {
    var clocks = CLIENT.v1().testHelpers().testClocks();
    clocks.advance(clock.getId(), TestClockAdvanceParams.builder().setFrozenTime(to).build());
    eventually("the test clock", () -> clocks.retrieve(clock.getId()).getStatus().equals("ready"));
  }

  private static PaymentMethod attach(Customer customer, String token) throws StripeException {
    return CLIENT.v1().paymentMethods().attach(token, PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build());
  }

  private static void useCard(Customer customer, String token) throws StripeException {
    var settings = CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(attach(customer, token).getId()).build();
    CLIENT.v1().customers().update(customer.getId(), CustomerUpdateParams.builder().setInvoiceSettings(settings).build());
  }

  private static void statusBecomes(Subscription subscription, String status) throws Exception {
    eventually("the status " + status, () -> CLIENT.v1().subscriptions().retrieve(subscription.getId()).getStatus().equals(status));
    check("the subscription is " + status, true, null);
  }

  private static Customer customerOn(TestClock clock) throws StripeException {
    var customer = CLIENT.v1().customers().create(
        CustomerCreateParams.builder().setName("Ada").setEmail("ada@example.com").setTestClock(clock.getId()).build());
    useCard(customer, "pm_card_visa");
    return customer;
  }

  private static Subscription subscribe(Customer customer) throws StripeException {
    var product = CLIENT.v1().products().create(ProductCreateParams.builder().setName("Plan").putMetadata("tier", "gold").build());
    var monthly = PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build();
    var price = CLIENT.v1().prices().create(
        PriceCreateParams.builder().setProduct(product.getId()).setCurrency("usd").setUnitAmount(1000L).setRecurring(monthly).build());
    var subscription = CLIENT.v1().subscriptions().create(
        SubscriptionCreateParams.builder()
            .setCustomer(customer.getId())
            .addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build())
            .setTrialPeriodDays(14L)
            .addExpand("latest_invoice")
            .addExpand("customer")
            .build());
    check("the product keeps its metadata", product.getMetadata().get("tier").equals("gold"), product);
    check("a trial starts", subscription.getStatus().equals("trialing"), subscription.getStatus());
    check("expanded objects are whole", subscription.getCustomerObject().getEmail().equals("ada@example.com"), subscription);
    check("a trial's invoice is of nothing", subscription.getLatestInvoiceObject().getAmountDue() == 0, subscription);
    return subscription;
  }

  private static List<Invoice> invoicesOf(Customer customer, InvoiceListParams.Status status) throws StripeException {
    var asked = InvoiceListParams.builder().setCustomer(customer.getId()).setLimit(1L);
    if (status != null) asked.setStatus(status);
    List<Invoice> found = new ArrayList<>();
    CLIENT.v1().invoices().list(asked.build()).autoPagingIterable().forEach(found::add);
    return found;
  }

  private static void live(TestClock clock, Customer customer, Subscription subscription) throws Exception {
    advance(clock, NEW_YEAR + 15 * DAY);
    statusBecomes(subscription, "active");
    var amounts = invoicesOf(customer, null).stream().map(Invoice::getAmountPaid).toList();
    check("the invoice list pages by itself", amounts.equals(List.of(1000L, 0L)), amounts);

    useCard(customer, "pm_card_chargeCustomerFail");
    advance(clock, NEW_YEAR + 47 * DAY);
    statusBecomes(subscription, "past_due");
    var invoices = CLIENT.v1().invoices();
    var owed = invoicesOf(customer, InvoiceListParams.Status.OPEN).get(0);
    var declined = refused(CardException.class, () -> invoices.pay(owed.getId()));
    check("a declined card is a CardException", declined.getCode().equals("card_declined") && declined.getStatusCode() == 402, declined);

    var otherCard = InvoicePayParams.builder().setPaymentMethod(attach(customer, "pm_card_visa").getId()).build();
    var paid = invoices.pay(owed.getId(), otherCard);
    check("the debt is paid with another card", paid.getStatus().equals("paid") && paid.getAmountRemaining() == 0, paid.getStatus());
    statusBecomes(subscription, "active");
    var ended = CLIENT.v1().subscriptions().cancel(subscription.getId());
    check("the subscription ends", ended.getStatus().equals("canceled"), ended.getStatus());
  }

  private static void eventsTell(Customer customer) throws StripeException {
    var asked = EventListParams.builder().addType("customer.created").addType("invoice.paid").setLimit(2L).build();
    List<String> types = new ArrayList<>();
    for (Event event : CLIENT.v1().events().list(asked).autoPagingIterable()) {
      if (event.toJson().contains(customer.getId())) types.add(event.getType());
    }
    check("events tell what happened", types.equals(List.of("invoice.paid", "invoice.paid", "invoice.paid", "customer.created")), types);
  }

  private Delivery deliveryOf(WebhookEndpoint endpoint, Customer customer) throws SignatureVerificationException {
    for (Delivery each : inbox) {
      var event = CLIENT.constructEvent(each.body(), each.signature(), endpoint.getSecret());
      var object = event.getDataObjectDeserializer().getObject().orElseThrow();
      if (object instanceof Customer told && told.getId().equals(customer.getId())) return each;
    }
    return null;
  }

  private void webhooksArrive(WebhookEndpoint endpoint, Customer customer) throws Exception {
    eventually("a webhook", () -> deliveryOf(endpoint, customer) != null);
    var genuine = deliveryOf(endpoint, customer);
    var version = CLIENT.constructEvent(genuine.body(), genuine.signature(), endpoint.getSecret()).getApiVersion();
    check("the SDK verifies a webhook", version.equals(Stripe.API_VERSION), version);
    var forged = genuine.body().replace("Ada", "Eve");
    refused(SignatureVerificationException.class, () -> CLIENT.constructEvent(forged, genuine.signature(), endpoint.getSecret()));
    check("the SDK refuses a forged webhook", true, null);
  }

  private static void repetitions() throws Exception {
    var options = RequestOptions.builder().setIdempotencyKey("java-" + System.nanoTime()).build();
    var once = CustomerCreateParams.builder().setName("Once").build();
    var first = CLIENT.v1().customers().create(once, options);
    var again = CLIENT.v1().customers().create(once, options);
    check("a repeated call does nothing twice", first.getId().equals(again.getId()), again.getId());
    var replayed = again.getLastResponse().headers().firstValue("Idempotent-Replayed").orElse("");
    check("a repetition says so", replayed.equals("true"), replayed);
    var other = CustomerCreateParams.builder().setName("Twice").build();
    refused(IdempotencyException.class, () -> CLIENT.v1().customers().create(other, options));
    check("another call under the same key is an IdempotencyException", true, null);
  }

  private static void files() throws Exception {
    var contents = "%PDF-1.7\n%%EOF";
    var receipt = Files.writeString(Files.createTempDirectory("dunlin").resolve("receipt.pdf"), contents).toFile();
    var params = FileCreateParams.builder().setPurpose(FileCreateParams.Purpose.DISPUTE_EVIDENCE).setFile(receipt).build();
    var file = CLIENT.v1().files().create(params);
    check("a file is uploaded", file.getFilename().equals("receipt.pdf") && file.getSize() == contents.length(), file);
    var link = CLIENT.v1().fileLinks().create(FileLinkCreateParams.builder().setFile(file.getId()).build());
    try (var shown = URI.create(link.getUrl()).toURL().openStream()) {
      var seen = new String(shown.readAllBytes(), StandardCharsets.UTF_8);
      check("its link shows it", seen.equals(contents), seen);
    }
  }

  private static void errors() throws Exception {
    var missing = refused(InvalidRequestException.class, () -> CLIENT.v1().customers().retrieve("cus_none"));
    check("what is missing is an InvalidRequestException", missing.getCode().equals("resource_missing"), missing);
    var negative = PriceCreateParams.builder().setCurrency("usd").setUnitAmount(-1L).setProduct("x").build();
    var wrong = refused(InvalidRequestException.class, () -> CLIENT.v1().prices().create(negative));
    check("a wrong parameter is named", wrong.getParam().equals("unit_amount"), wrong.getParam());
    var nobody = clientWith("sk_test_nobody");
    var unknown = refused(AuthenticationException.class, () -> nobody.v1().accounts().retrieveCurrent());
    check("an unknown key is an AuthenticationException", unknown.getStatusCode() == 401, unknown);
    var intent = PaymentIntentCreateParams.builder()
        .setAmount(1000L)
        .setCurrency("usd")
        .setPaymentMethod("pm_card_visa_chargeDeclinedInsufficientFunds")
        .addPaymentMethodType("card")
        .setConfirm(true)
        .build();
    var declined = refused(CardException.class, () -> CLIENT.v1().paymentIntents().create(intent));
    check("a decline has its reason", declined.getDeclineCode().equals("insufficient_funds"), declined);
  }

  private void run() throws Exception {
    var account = CLIENT.v1().accounts().retrieveCurrent();
    check("the account is there", account.getId().startsWith("acct_"), account.getId());
    var endpoint = openInbox();
    var clock = CLIENT.v1().testHelpers().testClocks().create(TestClockCreateParams.builder().setFrozenTime(NEW_YEAR).build());
    var customer = customerOn(clock);
    var subscription = subscribe(customer);
    live(clock, customer, subscription);
    eventsTell(customer);
    webhooksArrive(endpoint, customer);
    repetitions();
    files();
    errors();
    CLIENT.v1().webhookEndpoints().delete(endpoint.getId());
    CLIENT.v1().testHelpers().testClocks().delete(clock.getId());
  }

  public static void main(String[] arguments) {
    try {
      new Life().run();
      System.exit(0);
    } catch (Exception | AssertionError error) {
      System.out.println(error instanceof AssertionError ? error.getMessage() : "FAILED " + error);
      System.exit(1);
    }
  }
}
