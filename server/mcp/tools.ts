/** The tools with a name of their own: what agents do most. Everything else goes through `read` and `write`. */

export interface NamedTool {
  name: string;
  /** `GET /v1/customers` */
  call: string;
  about: string;
}

export const NAMED_TOOLS: readonly NamedTool[] = [
  { name: 'list_customers', call: 'GET /v1/customers', about: 'List customers, newest first; filter by `email`.' },
  { name: 'retrieve_customer', call: 'GET /v1/customers/:customer', about: 'Retrieve a customer.' },
  { name: 'create_customer', call: 'POST /v1/customers', about: 'Create a customer.' },
  { name: 'list_products', call: 'GET /v1/products', about: 'List products.' },
  { name: 'create_product', call: 'POST /v1/products', about: 'Create a product.' },
  { name: 'list_prices', call: 'GET /v1/prices', about: 'List prices; filter by `product`.' },
  { name: 'create_price', call: 'POST /v1/prices', about: 'Create a price of a product.' },
  { name: 'create_payment_link', call: 'POST /v1/payment_links', about: 'Create a link at which anybody can buy.' },
  { name: 'list_subscriptions', call: 'GET /v1/subscriptions', about: 'List subscriptions; filter by `customer` and `status`.' },
  { name: 'retrieve_subscription', call: 'GET /v1/subscriptions/:subscription', about: 'Retrieve a subscription.' },
  {
    name: 'explain_subscription',
    call: 'GET /v1/subscriptions/:subscription/timeline',
    about: 'What happened to a subscription, in sentences, and what will.',
  },
  { name: 'create_subscription', call: 'POST /v1/subscriptions', about: 'Start a subscription.' },
  {
    name: 'update_subscription',
    call: 'POST /v1/subscriptions/:subscription',
    about: 'Change a subscription: items, quantity, trial, planned end.',
  },
  {
    name: 'cancel_subscription',
    call: 'DELETE /v1/subscriptions/:subscription',
    about: 'Cancel a subscription now. To end it with its period, update it with `cancel_at_period_end`.',
  },
  { name: 'list_invoices', call: 'GET /v1/invoices', about: 'List invoices; filter by `customer`, `subscription` and `status`.' },
  { name: 'retrieve_invoice', call: 'GET /v1/invoices/:invoice', about: 'Retrieve an invoice.' },
  { name: 'explain_invoice', call: 'GET /v1/invoices/:invoice/explain', about: 'How each line of an invoice was calculated.' },
  {
    name: 'preview_invoice',
    call: 'POST /v1/invoices/create_preview',
    about: 'What the next invoice, or a change, would cost. Changes nothing.',
  },
  { name: 'create_invoice_item', call: 'POST /v1/invoiceitems', about: 'Put an amount on the customer’s next invoice.' },
  {
    name: 'finalize_invoice',
    call: 'POST /v1/invoices/:invoice/finalize',
    about: 'Make a draft final. It is collected then.',
  },
  { name: 'list_charges', call: 'GET /v1/charges', about: 'List charges; filter by `customer`.' },
  {
    name: 'create_refund',
    call: 'POST /v1/refunds',
    about: 'Give money back, of a `charge` or a `payment_intent`; all of it unless `amount` is said.',
  },
  { name: 'list_disputes', call: 'GET /v1/disputes', about: 'List disputes.' },
  { name: 'retrieve_metrics', call: 'GET /v1/insight/summary', about: 'Recurring revenue, customers, churn.' },
];

/** Takes away, ends, or moves money: what an agent should think about twice. */
export const isDestructiveCall = (call: string): boolean =>
  call.startsWith('DELETE ') ||
  /\/(cancel|void|finalize|pay|refunds|capture|mark_uncollectible|close|roll|revoke|redact|resume)$/.test(call);
