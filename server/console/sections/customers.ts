/** Who buys, and what is billed. */
import type { Section } from '../section';
import { created, customer, status } from './columns';
import { subscriptions } from './subscriptions';

const customers: Section = {
  ...{ name: 'customers', title: 'Customers', group: 'Customers', prefixes: ['cus'], list: '/v1/customers' },
  about: 'Who buys from you. A customer has the address, tax ids, payment methods and the balance.',
  empty: 'No customers yet. Your app creates them, or a checkout does.',
  columns: [
    { label: 'Name', path: 'name' },
    { label: 'E-mail', path: 'email' },
    { label: 'Country', path: 'address.country' },
    { label: 'Balance', path: 'balance' },
    created,
  ],
  filters: ['name', 'email', 'test_clock'],
  related: [
    { title: 'Subscriptions', section: 'subscriptions', by: 'customer', with: { status: 'all' } },
    { title: 'Invoices', section: 'invoices', by: 'customer' },
    { title: 'Payments', section: 'payments', by: 'customer' },
    { title: 'Mails', section: 'mails', by: 'customer' },
    { title: 'Questions', section: 'support', by: 'customer' },
  ],
  actions: [
    {
      ...{ name: 'update', label: 'Change details', call: 'POST /v1/customers/:customer', help: 'Empty entries stay as they are.' },
      fields: [
        { name: 'name', label: 'Name', type: 'text' },
        { name: 'email', label: 'E-mail', type: 'text' },
        { name: 'phone', label: 'Phone', type: 'text' },
        { name: 'metadata[note]', label: 'Note', type: 'text' },
      ],
    },
    {
      ...{ name: 'copy', label: 'Copy to a test clock', call: 'POST /v1/test_helpers/test_clocks/copy', as: 'customers[]' },
      leadsTo: 'test_clock.id',
      help: 'A copy without personal data, in test mode. Advance its clock to see what this customer will be billed.',
      fields: [{ name: 'name', label: 'Name of the clock', type: 'text' }],
    },
    {
      ...{ name: 'balance', label: 'Adjust the balance', call: 'POST /v1/customers/:customer/balance_transactions' },
      help: 'Below zero is credit for the next invoice; above zero is owed with it. In minor units.',
      fields: [
        { name: 'amount', label: 'Amount', type: 'number', isRequired: true },
        { name: 'currency', label: 'Currency', type: 'text', isRequired: true },
        { name: 'description', label: 'Reason', type: 'text' },
      ],
    },
    {
      ...{ name: 'erase', label: 'Erase personal data', call: 'POST /v1/customers/:customer/erase', isDangerous: true, fields: [] },
      help: 'Empties what is known of the person. Invoices and the ledger stay, as the law wants it. This cannot be undone.',
    },
  ],
};

const invoices: Section = {
  expand: ['customer'],
  ...{ name: 'invoices', title: 'Invoices', group: 'Customers', prefixes: ['in'], list: '/v1/invoices' },
  about: 'What was billed. Each line can be explained to the last minor unit.',
  empty: 'No invoices yet.',
  columns: [
    { label: 'Number', path: 'number' },
    customer,
    status,
    { label: 'Total', path: 'total' },
    { label: 'Due', path: 'amount_remaining' },
    { label: 'Due on', path: 'due_date' },
    created,
  ],
  filters: ['number', 'status', 'customer', 'subscription', 'collection_method'],
  links: [
    { label: 'Page for the customer', path: 'hosted_invoice_url' },
    { label: 'PDF', path: 'invoice_pdf' },
  ],
  related: [{ title: 'Credit notes', section: 'credit-notes', by: 'invoice' }],
  tables: [
    {
      heading: 'Lines',
      path: 'lines.data',
      columns: [
        { label: 'Line', path: 'description' },
        { label: 'Quantity', path: 'quantity' },
        { label: 'From', path: 'period.start' },
        { label: 'To', path: 'period.end' },
        { label: 'Amount', path: 'amount' },
      ],
    },
  ],
  actions: [
    {
      ...{
        name: 'finalize',
        label: 'Finalize',
        call: 'POST /v1/invoices/:invoice/finalize',
        help: 'It gets its number, and can no longer change.',
        fields: [],
      },
      when: { status: ['draft'] },
    },
    {
      ...{
        name: 'pay',
        label: 'Charge now',
        call: 'POST /v1/invoices/:invoice/pay',
        help: 'Charges the default payment method of the customer.',
        fields: [],
      },
      when: { status: ['open', 'uncollectible'] },
    },
    {
      ...{
        name: 'paid',
        label: 'Record a payment from elsewhere',
        call: 'POST /v1/invoices/:invoice/pay',
        help: 'A bank transfer that has come, for example. Nothing is charged.',
      },
      ...{ fixed: { paid_out_of_band: 'true' }, fields: [], when: { status: ['open', 'uncollectible'] } },
    },
    {
      ...{
        name: 'send',
        label: 'Send to the customer',
        call: 'POST /v1/invoices/:invoice/send',
        help: 'Mails the invoice with a link to its page.',
        fields: [],
      },
      when: { status: ['open'] },
    },
    {
      ...{
        name: 'uncollectible',
        label: 'Write off',
        call: 'POST /v1/invoices/:invoice/mark_uncollectible',
        help: 'Books it as a bad debt. It can still be paid.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['open'] },
    },
    {
      ...{
        name: 'void',
        label: 'Void',
        call: 'POST /v1/invoices/:invoice/void',
        help: 'As if it had never been billed. It keeps its number.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['open', 'uncollectible'] },
    },
  ],
};

const creditNotes: Section = {
  expand: ['customer'],
  ...{ name: 'credit-notes', title: 'Credit notes', group: 'Customers', prefixes: ['cn'], list: '/v1/credit_notes' },
  about: 'What was taken back of invoices.',
  empty: 'No credit notes yet.',
  columns: [
    { label: 'Number', path: 'number' },
    customer,
    { label: 'Invoice', path: 'invoice' },
    status,
    { label: 'Total', path: 'total' },
    { label: 'Reason', path: 'reason' },
    created,
  ],
  filters: ['customer', 'invoice'],
  links: [{ label: 'PDF', path: 'pdf' }],
  createAction: {
    ...{
      name: 'create',
      label: 'Credit an invoice',
      call: 'POST /v1/credit_notes',
      help: 'The amount in minor units, with tax. A paid invoice also needs to know where the money goes.',
    },
    fields: [
      { name: 'invoice', label: 'Invoice', type: 'text', isRequired: true, offers: 'invoice' },
      { name: 'amount', label: 'Amount', type: 'number', isRequired: true },
      { name: 'refund_amount', label: 'Of it, to the card', type: 'number' },
      { name: 'credit_amount', label: 'Of it, to the balance', type: 'number' },
      {
        name: 'reason',
        label: 'Reason',
        type: 'select',
        options: ['', 'duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'],
      },
      { name: 'memo', label: 'Text on the note', type: 'text' },
    ],
  },
  actions: [
    {
      ...{
        name: 'void',
        label: 'Void',
        call: 'POST /v1/credit_notes/:credit_note/void',
        help: 'Takes the credit back.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['issued'] },
    },
  ],
};

const quotes: Section = {
  expand: ['customer'],
  ...{ name: 'quotes', title: 'Quotes', group: 'Customers', prefixes: ['qt'], list: '/v1/quotes' },
  about: 'Offers that become subscriptions or invoices when they are accepted.',
  empty: 'No quotes yet.',
  columns: [
    { label: 'Number', path: 'number' },
    customer,
    status,
    { label: 'Total', path: 'amount_total' },
    { label: 'Valid until', path: 'expires_at' },
    created,
  ],
  filters: ['customer', 'status', 'test_clock'],
  createAction: {
    ...{ name: 'create', label: 'Draft a quote', call: 'POST /v1/quotes' },
    help: 'It stays a draft until you finalize it. Recurring prices become a subscription, others an invoice.',
    fields: [
      { name: 'customer', label: 'Customer', type: 'text', isRequired: true, offers: 'customer' },
      { name: 'line_items[0][price]', label: 'Price', type: 'text', isRequired: true, offers: 'price' },
      { name: 'line_items[0][quantity]', label: 'Quantity', type: 'number' },
      { name: 'line_items[1][price]', label: 'Another price', type: 'text', offers: 'price' },
      { name: 'line_items[1][quantity]', label: 'Its quantity', type: 'number' },
      { name: 'discounts[0][coupon]', label: 'Coupon', type: 'text' },
      { name: 'subscription_data[trial_period_days]', label: 'Days of trial', type: 'number' },
      { name: 'collection_method', label: 'Collected', type: 'select', options: ['', 'charge_automatically', 'send_invoice'] },
      { name: 'invoice_settings[days_until_due]', label: 'Days until due, if it is sent', type: 'number' },
      { name: 'expires_at', label: 'Valid until', type: 'date' },
      { name: 'description', label: 'Text', type: 'textarea' },
    ],
  },
  actions: [
    {
      ...{ name: 'finalize', label: 'Finalize', call: 'POST /v1/quotes/:quote/finalize', help: 'It gets its number.', fields: [] },
      when: { status: ['draft'] },
    },
    {
      ...{
        name: 'accept',
        label: 'Accept for the customer',
        call: 'POST /v1/quotes/:quote/accept',
        help: 'Creates what it offers.',
        fields: [],
      },
      when: { status: ['open'] },
    },
    {
      ...{
        name: 'cancel',
        label: 'Cancel',
        call: 'POST /v1/quotes/:quote/cancel',
        help: 'It can no longer be accepted.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['draft', 'open'] },
    },
  ],
};

export const CUSTOMERS: readonly Section[] = [customers, subscriptions, invoices, creditNotes, quotes];
