<?php
// A shop in a minute, with Stripe's SDK for PHP: a product, a customer, a subscription, a month, and the webhook of its invoice.

require getenv('COMPOSER_VENDOR_DIR') ? getenv('COMPOSER_VENDOR_DIR') . '/autoload.php' : __DIR__ . '/vendor/autoload.php';

$stripe = new \Stripe\StripeClient(['api_key' => getenv('DUNLIN_KEY'), 'api_base' => getenv('DUNLIN_URL') ?: 'http://127.0.0.1:4010']);

// 1. What you sell: fifteen dollars a month.
$product = $stripe->products->create(['name' => 'Pro']);
$price = $stripe->prices->create([
    'product' => $product->id, 'currency' => 'usd', 'unit_amount' => 1500, 'recurring' => ['interval' => 'month'],
]);
echo "ok {$product->name} costs {$price->unit_amount} cents a month\n";

// 2. Webhooks: take the events of this seller, and believe only what is signed.
$server = stream_socket_server('tcp://127.0.0.1:0');
$endpoint = $stripe->webhookEndpoints->create([
    'url' => 'http://' . stream_socket_get_name($server, false) . '/',
    'enabled_events' => ['invoice.paid'],
    'api_version' => \Stripe\Stripe::getApiVersion(),
]);

/** Takes the next webhook; a web server of yours does this for you. */
function nextEvent($server, string $secret): \Stripe\Event
{
    $connection = stream_socket_accept($server, 60);
    $headers = [];
    while (($line = trim(fgets($connection))) !== '') {
        [$name, $value] = array_pad(explode(': ', $line, 2), 2, '');
        $headers[strtolower($name)] = $value;
    }
    $body = stream_get_contents($connection, (int) $headers['content-length']);
    fwrite($connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    fclose($connection);
    return \Stripe\Webhook::constructEvent($body, $headers['stripe-signature'], $secret);
}

// 3. A customer with a card, in a time of its own.
$clock = $stripe->testHelpers->testClocks->create(['frozen_time' => strtotime('2026-01-31 UTC')]);
$customer = $stripe->customers->create([
    'email' => 'ann@example.com',
    'test_clock' => $clock->id,
    'payment_method' => 'pm_card_visa',
    'invoice_settings' => ['default_payment_method' => 'pm_card_visa'],
]);
echo "ok {$customer->email} is a customer\n";

// 4. The subscription. Its first invoice is charged at once.
$subscription = $stripe->subscriptions->create(['customer' => $customer->id, 'items' => [['price' => $price->id]]]);
echo "ok the subscription is {$subscription->status}\n";

// 5. A month passes.
$stripe->testHelpers->testClocks->advance($clock->id, ['frozen_time' => strtotime('2026-03-01 UTC')]);
while ($stripe->testHelpers->testClocks->retrieve($clock->id)->status !== 'ready') {
    usleep(200_000);
}
$invoices = $stripe->invoices->all(['subscription' => $subscription->id]);
$paid = array_filter($invoices->data, fn ($invoice) => $invoice->status === 'paid');
echo 'ok ' . count($paid) . " invoices are paid\n";

// 6. The webhooks of both have arrived.
for ($ours = 0; $ours < 2;) {
    $event = nextEvent($server, $endpoint->secret);
    $ours += $event->data->object->customer === $customer->id ? 1 : 0;
}
echo "ok 2 webhooks are verified\n";
$stripe->webhookEndpoints->delete($endpoint->id);
