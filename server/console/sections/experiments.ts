/** Prices and pages that are compared, and what came of it. */
import type { Section } from '../section';
import { created, status } from './columns';

export const experiments: Section = {
  ...{ name: 'experiments', title: 'Experiments', group: 'Catalog', prefixes: ['exp'], list: '/v1/experiments' },
  about: 'Prices and pages that are compared. Nobody sees two prices.',
  empty: 'No experiments yet. Add one, name it in a pricing table or a payment link, and start it.',
  columns: [
    { label: 'Name', path: 'name' },
    status,
    { label: 'Started', path: 'started_at' },
    { label: 'Ended', path: 'ended_at' },
    { label: 'Winner', path: 'promoted_arm' },
    created,
  ],
  facts: [{ label: 'Days until a visitor is measured', path: 'window_days' }],
  filters: ['status'],
  tables: [
    {
      ...{ heading: 'Arms', path: 'arms' },
      columns: [
        { label: 'Arm', path: 'name' },
        { label: 'Percent of the visitors', path: 'share' },
        { label: 'Instead of', path: 'prices.0.price' },
        { label: 'This price', path: 'prices.0.replacement' },
        { label: 'Pricing table', path: 'pricing_table' },
        { label: 'Payment link', path: 'payment_link' },
      ],
    },
  ],
  subTable: {
    ...{ heading: 'Compared with the control', list: '/v1/experiments/:experiment/results', path: 'comparisons' },
    empty: 'Nothing to compare yet: nobody has been measured.',
    columns: [
      { label: 'Arm', path: 'arm' },
      { label: 'In', path: 'metric' },
      { label: 'Currency', path: 'currency' },
      { label: 'Difference', path: 'difference' },
      { label: 'At least', path: 'lower' },
      { label: 'At most', path: 'upper' },
      { label: 'Conclusive', path: 'is_conclusive' },
    ],
    sums: [
      {
        ...{ heading: 'What each arm has sold', path: 'arms' },
        columns: [
          { label: 'Arm', path: 'name' },
          { label: 'Visitors', path: 'visitors' },
          { label: 'Measured', path: 'measured' },
          { label: 'Bought', path: 'converted' },
          { label: 'Conversion', path: 'conversion' },
          { label: 'Revenue', path: 'revenue.0.amount' },
          { label: 'Of each visitor', path: 'revenue.0.per_visitor' },
          { label: 'Refunded', path: 'revenue.0.refunded' },
          { label: 'Subscribers', path: 'subscribers' },
          { label: 'Left', path: 'churned' },
        ],
      },
      {
        ...{ heading: 'Whether the arms got their shares of the visitors', path: 'sample_ratio' },
        columns: [
          { label: 'Alarm: believe no comparison', path: 'alarm' },
          { label: 'Evidence', path: 'evidence' },
        ],
      },
    ],
  },
  createAction: {
    ...{ name: 'create', label: 'Add an experiment', call: 'POST /v1/experiments', fixed: { 'arms[0][name]': 'control' } },
    help: 'The control is what you sell now. The other arm replaces a price of it. The two shares are 100 percent together.',
    fields: [
      { name: 'name', label: 'Name', type: 'text', isRequired: true },
      { name: 'arms[0][share]', label: 'Percent of visitors that see the control', type: 'number', isRequired: true },
      { name: 'arms[1][name]', label: 'Name of the other arm', type: 'text', isRequired: true },
      { name: 'arms[1][share]', label: 'Percent of visitors that see it', type: 'number', isRequired: true },
      { name: 'arms[1][prices][0][price]', label: 'Instead of this price', type: 'text', offers: 'price', isRequired: true },
      { name: 'arms[1][prices][0][replacement]', label: 'They see this one', type: 'text', offers: 'price', isRequired: true },
      { name: 'window_days', label: 'Days until a visitor is measured', type: 'number' },
    ],
  },
  actions: [
    {
      ...{ name: 'start', label: 'Start', call: 'POST /v1/experiments/:experiment/start', fields: [], when: { status: ['draft'] } },
      help: 'From now on visitors are drawn.',
    },
    {
      ...{ name: 'stop', label: 'Stop', call: 'POST /v1/experiments/:experiment/stop', fields: [], when: { status: ['running'] } },
      help: 'Everybody sees the control again.',
    },
    {
      ...{ name: 'promote', label: 'Promote an arm', call: 'POST /v1/experiments/:experiment/promote', isDangerous: true },
      help: 'Ends the experiment: from now on everybody is sold what this arm sells. Subscriptions keep their prices.',
      fields: [{ name: 'arm', label: 'Name of the arm', type: 'text', isRequired: true }],
      when: { status: ['running', 'stopped'] },
    },
  ],
};
