#!/usr/bin/env bash
# A shop in a minute, with curl: a product, a customer, a subscription, a month, and the webhook of its invoice. Needs jq's work from Node,
# which Dunlin needs anyway, and openssl.
set -euo pipefail
API=${DUNLIN_URL:-http://127.0.0.1:4010}/v1
call() { curl --silent --show-error --fail-with-body -u "$DUNLIN_KEY:" "$API$1" "${@:2}"; }
of() { node -p "JSON.parse(require('fs').readFileSync(0))$1"; }
at() { node -p "Date.parse('$1') / 1000"; }

# 1. What you sell: fifteen dollars a month.
PRODUCT=$(call /products -d name=Pro | of .id)
PRICE=$(call /prices -d product="$PRODUCT" -d currency=usd -d unit_amount=1500 -d 'recurring[interval]=month' | of .id)
echo "ok Pro costs $(call "/prices/$PRICE" | of .unit_amount) cents a month"

# 2. Webhooks: take the events of this seller. A web server of yours does this; here each is a file with its signature beside it.
INBOX=$(mktemp -d)
node -e "
  require('http').createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => {
      const name = '$INBOX/' + Date.now() + Math.random();
      require('fs').writeFileSync(name + '.signature', request.headers['stripe-signature']);
      require('fs').writeFileSync(name + '.json', Buffer.concat(parts));
      response.end();
    });
  }).listen(0, '127.0.0.1', function () { require('fs').writeFileSync('$INBOX/port', String(this.address().port)); });
" &
RECEIVER=$!
trap 'kill $RECEIVER; rm -rf "$INBOX"' EXIT
until [ -s "$INBOX/port" ]; do sleep 0.1; done
ENDPOINT=$(call /webhook_endpoints -d url="http://127.0.0.1:$(cat "$INBOX/port")/" -d 'enabled_events[]=invoice.paid')
SECRET=$(of .secret <<<"$ENDPOINT")

# 3. A customer with a card, in a time of its own.
CLOCK=$(call /test_helpers/test_clocks -d frozen_time="$(at 2026-01-31)" | of .id)
CUSTOMER=$(call /customers -d email=ann@example.com -d test_clock="$CLOCK" -d payment_method=pm_card_visa \
  -d 'invoice_settings[default_payment_method]=pm_card_visa' | of .id)
echo "ok $(call "/customers/$CUSTOMER" | of .email) is a customer"

# 4. The subscription. Its first invoice is charged at once.
SUBSCRIPTION=$(call /subscriptions -d customer="$CUSTOMER" -d 'items[0][price]'="$PRICE" | of .id)
echo "ok the subscription is $(call "/subscriptions/$SUBSCRIPTION" | of .status)"

# 5. A month passes.
call "/test_helpers/test_clocks/$CLOCK/advance" -d frozen_time="$(at 2026-03-01)" >/dev/null
until [ "$(call "/test_helpers/test_clocks/$CLOCK" | of .status)" = ready ]; do sleep 0.2; done
echo "ok $(call "/invoices?subscription=$SUBSCRIPTION&status=paid" | of .data.length) invoices are paid"

# 6. The webhooks of both have arrived. Believe only what is signed: the signature is over the time, a dot and the body.
verified() {
  local time signature
  time=$(sed -E 's/^t=([0-9]+),.*/\1/' "${1%.json}.signature")
  signature=$(sed -E 's/.*v1=([0-9a-f]+).*/\1/' "${1%.json}.signature")
  [ "$( (printf '%s.' "$time"; cat "$1") | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)" = "$signature" ]
}
COUNT=0
until [ "$COUNT" -ge 2 ]; do
  COUNT=0
  for FILE in "$INBOX"/*.json; do
    if [ -e "$FILE" ] && grep -q "$CUSTOMER" "$FILE" && verified "$FILE"; then COUNT=$((COUNT + 1)); fi
  done
  sleep 0.2
done
echo "ok $COUNT webhooks are verified"
call "/webhook_endpoints/$(of .id <<<"$ENDPOINT")" -X DELETE >/dev/null
