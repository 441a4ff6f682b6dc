/** Moving in from another billing system: what was taken, how both bill in parallel, and who bills whom. */
import type { Section } from '../section';
import { created, customer, status } from './columns';

const imports: Section = {
  ...{ name: 'imports', title: 'Imports', group: 'Moving in', prefixes: ['import'], list: '/v1/imports' },
  about: 'Runs that read another billing system, or a file. A dry run writes nothing, and says what a run would do.',
  empty: 'Nothing was imported yet.',
  columns: [
    { label: 'Import', path: 'id' },
    status,
    { label: 'Source', path: 'source' },
    { label: 'Dry run', path: 'dry_run' },
    { label: 'Reads now', path: 'reading' },
    { label: 'Customers taken', path: 'counts.customer.taken' },
    { label: 'Customers refused', path: 'counts.customer.refused' },
    { label: 'Subscriptions taken', path: 'counts.subscription.taken' },
    { label: 'Subscriptions refused', path: 'counts.subscription.refused' },
    { label: 'Schedules taken', path: 'counts.subscription_schedule.taken' },
    { label: 'Waits because', path: 'error' },
    created,
  ],
  subTable: {
    heading: 'What became of each object',
    list: '/v1/imports/:import/objects',
    columns: [
      { label: 'Object', path: 'source_id' },
      { label: 'Kind', path: 'kind' },
      { label: 'Outcome', path: 'outcome' },
      { label: 'What about it', path: 'problems.0.field' },
      { label: 'Reason', path: 'problems.0.reason' },
    ],
  },
  createAction: {
    ...{ name: 'create', label: 'Import', call: 'POST /v1/imports', help: 'Begin with a dry run. The same again changes nothing.' },
    fields: [
      { name: 'source', label: 'From', type: 'select', options: ['stripe', 'csv'] },
      { name: 'dry_run', label: 'Dry run', type: 'checkbox' },
      { name: 'csv', label: 'The file, if it is from one', type: 'textarea' },
    ],
  },
  actions: [
    {
      ...{ name: 'cancel', label: 'Cancel', call: 'POST /v1/imports/:import/cancel', fields: [], when: { status: ['running'] } },
      help: 'What was taken so far stays. A further import goes on.',
    },
  ],
  underWay: { status: ['running'] },
};

const LINES = [
  { label: 'Price', path: 'price' },
  { label: 'Quantity', path: 'quantity' },
  { label: 'Amount', path: 'amount' },
  { label: 'Tax', path: 'tax' },
  { label: 'From', path: 'period_start' },
  { label: 'Until', path: 'period_end' },
];

const shadows: Section = {
  ...{ name: 'shadow-invoices', title: 'Shadow invoices', group: 'Moving in', prefixes: ['shadow'], list: '/v1/shadow_invoices' },
  about: 'Invoices that Dunlin would have made, beside those that the other system has made.',
  empty: 'No cycle has ended since the import.',
  columns: [
    customer,
    { label: 'Subscription', path: 'subscription' },
    status,
    { label: 'Cycle', path: 'cycle_at' },
    { label: 'Here', path: 'ours.total' },
    { label: 'There', path: 'theirs.total' },
    { label: 'First difference', path: 'differences.0.kind' },
  ],
  filters: ['status', 'customer', 'subscription'],
  tables: [
    {
      heading: 'What differs',
      path: 'differences',
      columns: [
        { label: 'Kind', path: 'kind' },
        { label: 'Line', path: 'line' },
        { label: 'Here, in minor units', path: 'ours' },
        { label: 'There', path: 'theirs' },
      ],
    },
    { heading: 'Lines here', path: 'ours.lines', columns: LINES },
    { heading: 'Lines there', path: 'theirs.lines', columns: LINES },
  ],
  listActions: [
    {
      ...{ name: 'compare', label: 'Compare now', call: 'POST /v1/shadow_invoices/compare', fields: [] },
      help: 'Asks the other system at once. What waits is also compared by itself, an hour after its cycle.',
      tells: ({ totals }) => comparedInWords(totals as readonly CycleTotal[]),
    },
  ],
  actions: [
    {
      ...{
        name: 'accept',
        label: 'Accept',
        call: 'POST /v1/shadow_invoices/:shadow_invoice/accept',
        fields: [],
        when: { status: ['different'] },
      },
      help: 'The difference is right as it is. The cycle counts as equal.',
    },
  ],
};

const cutovers: Section = {
  ...{ name: 'cutovers', title: 'Cutovers', group: 'Moving in', prefixes: ['cutover'], list: '/v1/cutovers' },
  about: 'Who bills a customer: the system that they were imported from, or Dunlin.',
  empty: 'Nobody was cut over yet.',
  columns: [
    { label: 'Cutover', path: 'id' },
    customer,
    status,
    { label: 'Billed by', path: 'billed_by' },
    { label: 'Next invoice', path: 'due_at' },
    { label: 'Since', path: 'switched_at' },
    { label: 'Because', path: 'reason' },
    created,
  ],
  filters: ['status', 'customer'],
  createAction: {
    ...{ name: 'create', label: 'Cut a customer over', call: 'POST /v1/cutovers' },
    help: 'The other system is frozen first, and Dunlin bills from then on. The last two cycles must agree.',
    fields: [
      { name: 'customer', label: 'Customer', type: 'text', isRequired: true, offers: 'customer' },
      { name: 'force', label: 'Do not wait for equal cycles', type: 'checkbox' },
    ],
  },
  listActions: [
    {
      ...{ name: 'wave', label: 'Cut over a wave', call: 'POST /v1/cutovers/wave' },
      help: 'Customers whose last two cycles agree, the oldest first. Who cannot be cut over now is left to the next wave.',
      fields: [{ name: 'limit', label: 'At most so many', type: 'number' }],
      tells: ({ cutovers: begun, left }) => waveInWords(begun as readonly string[], left as readonly LeftBehind[]),
    },
  ],
  actions: [
    {
      ...{ name: 'return', label: 'Take it back', call: 'POST /v1/cutovers/:cutover/return', fields: [], when: { status: ['done'] } },
      ...{ isDangerous: true, help: 'The other system bills again, as long as Dunlin has billed and changed nothing.' },
    },
  ],
  underWay: { status: ['freezing', 'returning'] },
};

interface CycleTotal {
  currency: string;
  invoices: number;
  status: string;
}

function comparedInWords(totals: readonly CycleTotal[]): string {
  if (totals.length === 0) return 'Compared. No cycle has ended since the import.';
  return `Compared: ${totals.map(({ invoices, status: of, currency }) => `${String(invoices)} ${of} (${currency})`).join(', ')}.`;
}

interface LeftBehind {
  customer: string;
  reason: string;
}

function waveInWords(begun: readonly string[], left: readonly LeftBehind[]): string {
  if (begun.length + left.length === 0) return 'Nobody has two cycles in a row that agree.';
  const words = left.map(({ customer: of, reason }) => ` ${of} is left: ${reason}`);
  return `${String(begun.length)} cutovers have begun.${words.join('')}`;
}

export const MOVING: readonly Section[] = [imports, shadows, cutovers];
