/** What will be billed, and who is billed more or less after a change. */
import type { Section } from '../section';
import { newRegistration } from '../registrations';
import { created, status } from './columns';

const monthColumns = [
  { label: 'From', path: 'start' },
  { label: 'Currency', path: 'currency' },
  { label: 'Revenue', path: 'revenue' },
  { label: 'Tax', path: 'tax' },
  { label: 'Paid', path: 'cash' },
  { label: 'Invoices', path: 'invoices' },
  { label: 'Recurring at its end', path: 'mrr' },
];

const COMPARED = [
  { label: 'Now', path: 'now.total' },
  { label: 'Then', path: 'then.total' },
  { label: 'Difference', path: 'difference.total' },
];

export const forecasts: Section = {
  ...{ name: 'forecasts', title: 'Forecasts', group: 'Insight', prefixes: ['fcst'], list: '/v1/forecasts', isForecast: true },
  about: 'What running subscriptions will be billed, by copies that live through the months. With changes, who is billed more or less.',
  empty: 'No forecasts yet. Begin one: it runs in the background, and touches nothing.',
  columns: [
    created,
    status,
    { label: 'Percent done', path: 'progress.percent' },
    { label: 'Subscriptions', path: 'progress.subscriptions' },
    { label: 'Done', path: 'progress.subscriptions_done' },
    { label: 'Begins at', path: 'start' },
    { label: 'Ended', path: 'ended_at' },
    { label: 'Failed because', path: 'failure' },
  ],
  facts: [
    { label: 'Unpaid then', path: 'changes.settings.dunning.ends_in' },
    { label: 'One invoice then', path: 'changes.settings.invoices.consolidation' },
  ],
  tables: [
    {
      ...{ heading: 'Prices that change', path: 'changes.prices', hidesEmpty: true },
      columns: [
        { label: 'Instead of', path: 'from' },
        { label: 'This price', path: 'to' },
        { label: 'Or this amount, in minor units', path: 'unit_amount_decimal' },
      ],
    },
    {
      ...{ heading: 'Tax rates that change', path: 'changes.tax_rates', hidesEmpty: true },
      columns: [
        { label: 'Tax rate', path: 'tax_rate' },
        { label: 'Percent', path: 'percentage' },
      ],
    },
    {
      ...{ heading: 'Tax registrations that come', path: 'changes.tax_registrations', hidesEmpty: true },
      columns: [
        { label: 'Country', path: 'country' },
        { label: 'State', path: 'state' },
        { label: 'Type', path: 'type' },
      ],
    },
    { heading: 'By month', path: 'months', columns: monthColumns },
    { heading: 'By month, with the changes', path: 'months_changed', columns: monthColumns },
  ],
  subTable: {
    ...{ heading: 'Who is billed more or less', list: '/v1/forecasts/:forecast/differences', most: 100 },
    shows: ({ difference }) => (difference as { total: number }).total !== 0,
    empty: 'Nobody is billed more or less.',
    columns: [
      { label: 'Name', path: 'customer_name' },
      { label: 'Customer', path: 'customer' },
      { label: 'Currency', path: 'currency' },
      ...COMPARED,
      { label: 'Of it tax', path: 'difference.tax' },
    ],
    sums: [
      {
        ...{ heading: 'In sum', path: 'totals' },
        columns: [
          { label: 'Currency', path: 'currency' },
          { label: 'Customers', path: 'customers' },
          { label: 'Billed more', path: 'customers_more' },
          { label: 'Billed less', path: 'customers_less' },
          ...COMPARED,
        ],
      },
    ],
  },
  createAction: {
    ...{ name: 'create', label: 'Begin a forecast', call: 'POST /v1/forecasts', help: 'Without changes it only looks ahead.' },
    fields: [
      { name: 'months', label: 'Whole months', type: 'number' },
      { name: 'prices[0]', label: 'Only this price', type: 'text', offers: 'price' },
      { name: 'customers[0]', label: 'Only this customer', type: 'text', offers: 'customer' },
      { name: 'test_clock', label: 'Customers on this test clock', type: 'text', offers: 'test_clock' },
      { name: 'changes[prices][0][from]', label: 'Replace this price', type: 'text', offers: 'price' },
      { name: 'changes[prices][0][to]', label: 'By this price', type: 'text', offers: 'price' },
      { name: 'changes[prices][0][unit_amount_decimal]', label: 'Or by this amount, in minor units', type: 'text' },
      { name: 'changes[tax_rates][0][tax_rate]', label: 'Change this tax rate', type: 'text', offers: 'tax_rate' },
      { name: 'changes[tax_rates][0][percentage]', label: 'To this percentage', type: 'text' },
      newRegistration('changes[tax_registrations][0]', 'Add this tax registration'),
      {
        ...{ name: 'changes[settings][dunning][ends_in]', label: 'Unpaid subscriptions then are', type: 'select' },
        options: ['', { value: 'cancel', label: 'canceled' }, { value: 'past_due', label: 'past due' }, 'unpaid'],
      },
      {
        ...{ name: 'changes[settings][invoices][consolidation]', label: 'One invoice for several subscriptions', type: 'select' },
        options: ['', { value: 'same_day', label: 'if they are due on the same day' }, { value: 'none', label: 'never' }],
      },
    ],
  },
  actions: [
    {
      ...{ name: 'cancel', label: 'Cancel', call: 'POST /v1/forecasts/:forecast/cancel', help: 'Its copies are removed.', fields: [] },
      when: { status: ['running'] },
    },
  ],
  underWay: { status: ['running'] },
};
