/** Why operations of Stripe's are not served: those of the published billing paths one by one, the rest of its SDK by resource. */

interface Reason {
  /** `POST /v1/sources`; of the rest of the SDK a call, a resource, or a group of resources: `issuing.` */
  of: readonly string[];
  why: string;
}

export const NOT_SERVED: readonly Reason[] = [
  {
    of: ['POST /v1/sources', 'GET /v1/sources/:source', 'POST /v1/sources/:source', 'POST /v1/sources/:source/verify'],
    why: 'Stripe has replaced sources of their own by payment methods. The path answers 404 and names them. The sources of a customer are served.',
  },
  {
    of: [
      'GET /v1/customers/:customer/bank_accounts',
      'POST /v1/customers/:customer/bank_accounts',
      'GET /v1/customers/:customer/bank_accounts/:id',
      'POST /v1/customers/:customer/bank_accounts/:id',
      'DELETE /v1/customers/:customer/bank_accounts/:id',
    ],
    why: 'A bank account is a payment method here (`us_bank_account`, `sepa_debit` and others), with the mandate that a debit needs. A source has none.',
  },
  {
    of: ['POST /v1/customers/:customer/bank_accounts/:id/verify', 'POST /v1/customers/:customer/sources/:id/verify'],
    why: 'A bank account of a source is not debited here. Payment and setup intents verify bank accounts with micro-deposits.',
  },
  {
    of: ['POST /v1/payment_intents/:intent/apply_customer_balance'],
    why: 'It spends money that a customer has transferred to an account at Stripe. Dunlin holds no money of customers; transfers are payment records.',
  },
  {
    of: ['customers', 'testHelpers.customers'],
    why: 'There is no account at Dunlin to which a customer transfers money in advance.',
  },
  {
    of: ['POST /v1/payment_intents/:intent/increment_authorization'],
    why: 'For hotels, car rentals and terminals, whose amount grows while they hold a card. A subscription or an invoice has an amount that is known.',
  },
  {
    of: ['GET /v1/payment_intents/:intent/amount_details_line_items'],
    why: 'It lists what `amount_details` was given for lower fees of purchasing cards. Neither processor takes that from Dunlin, so the parameter is refused.',
  },
  {
    of: ['POST /v1/test_helpers/refunds/:refund/expire'],
    why: 'It expires a refund that waits for bank details of the customer, as transfers to an account at Stripe have. Refunds here go back the way that the payment came.',
  },
  {
    of: [
      'GET /v1/billing/feedback_options',
      'POST /v1/billing/feedback_options',
      'GET /v1/billing/feedback_options/:id',
      'POST /v1/billing/feedback_options/:id',
      'POST /v1/billing/feedback_options/:id/deactivate',
    ],
    why: 'Reasons for a cancellation in a seller’s own words. Not built yet; `cancellation_details` has Stripe’s reasons and a comment.',
  },
  {
    of: [
      'account',
      'accounts',
      'accountLinks',
      'accountSessions',
      'applicationFees',
      'transfers',
      'topups',
      'balanceSettings',
      'countrySpecs',
      'ephemeralKeys',
    ],
    why: 'Connect: Dunlin has no platforms that pay sellers out.',
  },
  {
    of: ['payouts'],
    why: 'A processor pays out the balance of an account, also of payments that Dunlin has not made. Look at payouts there; `/v1/balance` counts what has moved since the first day, and takes no payout off (ADR 134).',
  },
  { of: ['v2.core.accountLinks', 'v2.core.accountTokens', 'v2.core.accounts'], why: 'Connect in Stripe’s v2 API.' },
  { of: ['issuing.', 'testHelpers.issuing.'], why: 'It issues cards. Dunlin collects.' },
  { of: ['terminal.', 'testHelpers.terminal.'], why: 'Payments at a counter. Subscriptions have none.' },
  {
    of: ['treasury.', 'testHelpers.treasury.', 'v2.moneyManagement.', 'v2.testHelpers.'],
    why: 'Bank accounts for a seller’s customers. Dunlin holds no money.',
  },
  {
    of: ['financialConnections.', 'identity.', 'climate.', 'forwarding.'],
    why: 'Services of Stripe’s own that bill nobody: bank data, identity documents, carbon removal, forwarding of card data.',
  },
  { of: ['apps.'], why: 'Stripe’s app marketplace.' },
  { of: ['applePayDomains', 'paymentMethodDomains'], why: 'Wallets on Dunlin’s pages are the sandbox’s, which need no domain.' },
  { of: ['threeDSecure.'], why: '3-D Secure is done by the processor, inside a payment.' },
  { of: ['sources'], why: 'See `POST /v1/sources`.' },
  {
    of: ['reporting.', 'sigma.'],
    why: 'Dunlin’s reports are answers of the API (`/v1/insight`, `/v1/ledger`), and its tables can be asked with SQL.',
  },
  { of: ['exchangeRates'], why: 'Dunlin converts nothing. Rates for national taxes are `/v1/ledger/exchange_rates`.' },
  { of: ['paymentAttemptRecords'], why: 'The attempts of a payment record are inside the record. Not built yet as objects of their own.' },
  { of: ['productCatalog.'], why: 'Trial offers. `trial_period_days` and schedules do what most of them do. Not built yet.' },
  { of: ['tax.locations'], why: 'Places of performances. Tax follows the customer’s place; `performance_location` is refused by name.' },
  { of: ['v2.core.eventDestinations'], why: 'Webhook endpoints of v1 deliver events of both kinds. Not built yet as objects of v2.' },
  { of: ['v2.core.events'], why: 'One event can be retrieved. The list is that of v1.' },
];

/** Whether a reason is for this operation, or for this call of the SDK. */
export const covers = (of: string, name: string, resource: string): boolean =>
  of === name || (of.endsWith('.') ? resource.startsWith(of) : of === resource);
