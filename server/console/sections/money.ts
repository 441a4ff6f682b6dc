/** What is collected, given back and recovered. */
import type { Section } from '../section';
import { active, created, customer, status } from './columns';

const payments: Section = {
  expand: ['customer'],
  ...{ name: 'payments', title: 'Payments', group: 'Money', prefixes: ['pi'], list: '/v1/payment_intents' },
  about: 'Attempts to collect money, with what the bank said.',
  empty: 'No payments yet.',
  columns: [
    { label: 'Payment', path: 'id' },
    customer,
    status,
    { label: 'Amount', path: 'amount' },
    { label: 'Declined because', path: 'last_payment_error.decline_code' },
    created,
  ],
  filters: ['status', 'customer'],
  related: [
    { title: 'Charges', section: 'charges', by: 'payment_intent' },
    { title: 'Decisions of fraud rules', section: 'fraud-decisions', by: 'payment_intent' },
  ],
  actions: [
    {
      ...{
        name: 'capture',
        label: 'Capture',
        call: 'POST /v1/payment_intents/:payment_intent/capture',
        help: 'Takes the authorized amount.',
        fields: [{ name: 'amount_to_capture', label: 'Amount, if less', type: 'number' }],
      },
      when: { status: ['requires_capture'] },
    },
    {
      ...{
        name: 'cancel',
        label: 'Cancel',
        call: 'POST /v1/payment_intents/:payment_intent/cancel',
        help: 'Nothing is collected any more.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'] },
    },
  ],
};

const charges: Section = {
  expand: ['customer'],
  ...{ name: 'charges', title: 'Charges', group: 'Money', prefixes: ['ch'], list: '/v1/charges' },
  about: 'What a bank has approved or declined.',
  empty: 'No charges yet.',
  columns: [
    { label: 'Charge', path: 'id' },
    customer,
    status,
    { label: 'Amount', path: 'amount' },
    { label: 'Refunded', path: 'amount_refunded' },
    { label: 'Bank says', path: 'outcome.seller_message' },
    created,
  ],
  filters: ['status', 'customer', 'payment_intent'],
  links: [{ label: 'Receipt', path: 'receipt_url' }],
  related: [
    { title: 'Refunds', section: 'refunds', by: 'charge' },
    { title: 'Disputes', section: 'disputes', by: 'charge' },
  ],
  actions: [
    {
      ...{
        name: 'refund',
        label: 'Refund',
        call: 'POST /v1/refunds',
        as: 'charge',
        isDangerous: true,
        help: 'Money goes back to the card. Without an amount, all that is left.',
      },
      fields: [
        { name: 'amount', label: 'Amount in minor units', type: 'number' },
        { name: 'reason', label: 'Reason', type: 'select', options: ['', 'duplicate', 'fraudulent', 'requested_by_customer'] },
      ],
      when: { status: ['succeeded'], refunded: [false] },
    },
  ],
};

const refunds: Section = {
  ...{ name: 'refunds', title: 'Refunds', group: 'Money', prefixes: ['re', 'pyr'], list: '/v1/refunds' },
  about: 'Money that goes back.',
  empty: 'No refunds yet.',
  columns: [
    { label: 'Refund', path: 'id' },
    { label: 'Charge', path: 'charge' },
    status,
    { label: 'Amount', path: 'amount' },
    { label: 'Reason', path: 'reason' },
    created,
  ],
  filters: ['status', 'charge', 'payment_intent'],
  actions: [],
};

const disputes: Section = {
  ...{ name: 'disputes', title: 'Disputes', group: 'Money', prefixes: ['du', 'dp'], list: '/v1/disputes' },
  about: 'Charges that a cardholder has taken back. Evidence is due at a fixed time.',
  empty: 'No disputes. That is good.',
  columns: [
    { label: 'Dispute', path: 'id' },
    { label: 'Charge', path: 'charge' },
    status,
    { label: 'Reason', path: 'reason' },
    { label: 'Amount', path: 'amount' },
    { label: 'Evidence due', path: 'evidence_details.due_by' },
    created,
  ],
  filters: ['status', 'charge', 'payment_intent'],
  actions: [
    {
      ...{
        name: 'evidence',
        label: 'Edit evidence',
        call: 'POST /v1/disputes/:dispute',
        help: 'Empty entries stay as they are. Once it is submitted, it cannot change.',
      },
      // Without it, the API submits.
      fixed: { submit: 'false' },
      fields: [
        { name: 'evidence[product_description]', label: 'What was sold', type: 'textarea' },
        { name: 'evidence[access_activity_log]', label: 'Log of use', type: 'textarea' },
        { name: 'evidence[cancellation_rebuttal]', label: 'Why it was not cancelled', type: 'textarea' },
        { name: 'evidence[refund_refusal_explanation]', label: 'Why no refund is due', type: 'textarea' },
        { name: 'evidence[uncategorized_text]', label: 'Anything else', type: 'textarea' },
        { name: 'submit', label: 'Submit to the bank now', type: 'checkbox' },
      ],
      when: { status: ['needs_response', 'warning_needs_response'] },
    },
    {
      ...{
        name: 'close',
        label: 'Accept as lost',
        call: 'POST /v1/disputes/:dispute/close',
        help: 'The money stays with the cardholder. This cannot be undone.',
        isDangerous: true,
        fields: [],
      },
      when: { status: ['needs_response', 'warning_needs_response'] },
    },
  ],
};

const recoveries: Section = {
  ...{ name: 'recoveries', title: 'Recoveries', group: 'Money', prefixes: [], list: '/v1/recoveries' },
  about: 'Invoices whose payment failed, and what their program does next.',
  empty: 'Nothing is being recovered.',
  columns: [
    { label: 'Invoice', path: 'invoice' },
    customer,
    status,
    { label: 'Declined because', path: 'decline_code' },
    { label: 'Retries', path: 'retries' },
    { label: 'Next retry', path: 'next_retry_at' },
    { label: 'Program', path: 'recovery_program' },
    created,
  ],
  filters: ['status', 'customer', 'subscription', 'recovery_program'],
  actions: [],
};

const DAY = 86_400;
const WAITS = [1, 2, 3, 5, 7].map((days) => ({ value: String(days * DAY), label: days === 1 ? 'a day' : `${String(days)} days` }));
const ENDS = [
  { value: 'cancel', label: 'canceled' },
  { value: 'unpaid', label: 'unpaid' },
  { value: 'past_due', label: 'past due' },
  { value: 'pause', label: 'paused' },
];

const programs: Section = {
  ...{ name: 'recovery-programs', title: 'Recovery programs', group: 'Money', prefixes: ['rcvp'], list: '/v1/recovery_programs' },
  about: 'What happens after a payment fails, by segment. A running recovery keeps the version with which it began.',
  empty: 'No programs: unpaid invoices follow the settings of the account.',
  columns: [
    { label: 'Name', path: 'name' },
    active,
    { label: 'Version', path: 'version' },
    { label: 'Position', path: 'position' },
    created,
  ],
  filters: ['active'],
  createAction: {
    ...{ name: 'create', label: 'Add a program', call: 'POST /v1/recovery_programs' },
    help: 'Three retries, with a mail after each failure. The first program that fits an invoice recovers it. The API makes other steps, and arms to compare.',
    fixed: {
      'arms[0][name]': 'all',
      'arms[0][share]': '100',
      ...Object.fromEntries(
        ['wait', 'retry', 'wait', 'retry', 'wait', 'retry'].map((type, n) => [`arms[0][steps][${String(n)}][type]`, type]),
      ),
    },
    fields: [
      { name: 'name', label: 'Name', type: 'text', isRequired: true },
      { name: 'position', label: 'Position, the lowest first', type: 'number' },
      { name: 'segment[countries][0]', label: 'Only to this country, like DE', type: 'text' },
      { name: 'segment[currencies][0]', label: 'Only in this currency', type: 'text' },
      { name: 'segment[prices][0]', label: 'Only with this price', type: 'text', offers: 'price' },
      { name: 'arms[0][steps][0][seconds]', label: 'First retry after', type: 'select', isRequired: true, options: WAITS },
      { name: 'arms[0][steps][2][seconds]', label: 'Second retry after another', type: 'select', isRequired: true, options: WAITS },
      { name: 'arms[0][steps][4][seconds]', label: 'Third retry after another', type: 'select', isRequired: true, options: WAITS },
      { name: 'arms[0][ends_in]', label: 'In the end the subscription is', type: 'select', isRequired: true, options: ENDS },
    ],
  },
  actions: [
    {
      ...{
        name: 'off',
        label: 'Switch off',
        call: 'POST /v1/recovery_programs/:program',
        help: 'It is chosen no more.',
        fixed: { active: 'false' },
        fields: [],
      },
      when: { active: [true] },
    },
    {
      ...{
        name: 'on',
        label: 'Switch on',
        call: 'POST /v1/recovery_programs/:program',
        help: 'It is chosen again.',
        fixed: { active: 'true' },
        fields: [],
      },
      when: { active: [false] },
    },
  ],
};

const processors: Section = {
  ...{ name: 'processors', title: 'Processors', group: 'Money', prefixes: [], list: '/v1/processors', key: 'name' },
  about: 'Who moves the money. While a processor is paused, what would move money waits, and spends no retry. `all` stops everything.',
  empty: 'No processor is configured.',
  columns: [
    { label: 'Processor', path: 'name' },
    status,
    { label: 'Paused', path: 'paused_at' },
    { label: 'By', path: 'paused_by' },
    { label: 'Because', path: 'reason' },
    { label: 'Charges waiting', path: 'waiting.charges' },
    { label: 'Refunds waiting', path: 'waiting.refunds' },
    { label: 'Charges a second', path: 'charges_per_second' },
    { label: 'Missed events', path: 'events.missed' },
    { label: 'Events read', path: 'events.read_at' },
    { label: 'Not read because', path: 'events.error' },
  ],
  actions: [
    {
      ...{ name: 'pause', label: 'Pause', call: 'POST /v1/processors/:processor/pause', isDangerous: true, when: { status: ['running'] } },
      help: 'Nothing is charged or refunded by it until somebody resumes it.',
      fields: [{ name: 'reason', label: 'Reason', type: 'text' }],
    },
    {
      ...{ name: 'resume', label: 'Resume', call: 'POST /v1/processors/:processor/resume', when: { status: ['paused'] } },
      help: 'What waits is sent in order, at this rate.',
      fields: [{ name: 'charges_per_second', label: 'Charges a second', type: 'number' }],
    },
  ],
};

export const MONEY: readonly Section[] = [payments, charges, refunds, disputes, recoveries, programs, processors];
