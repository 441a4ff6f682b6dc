/** What lives on: its page shows what it has done, and what it will do. */
import type { Section } from '../section';
import { created, customer, status } from './columns';

export const subscriptions: Section = {
  expand: ['customer', 'items.data.price.product'],
  ...{
    name: 'subscriptions',
    title: 'Subscriptions',
    group: 'Customers',
    prefixes: ['sub'],
    list: '/v1/subscriptions',
    always: { status: 'all' },
  },
  about: 'Each one is a workflow: its page shows what it has done and what it will do, and when.',
  empty: 'No subscriptions yet.',
  columns: [
    customer,
    status,
    { label: 'Plan', path: 'items.data.0.price.product' },
    { label: 'Renews', path: 'items.data.0.current_period_end' },
    { label: 'Ends', path: 'cancel_at' },
    created,
  ],
  filters: ['status', 'customer', 'price', 'test_clock', 'collection_method'],
  hasTimeline: true,
  related: [
    { title: 'Invoices', section: 'invoices', by: 'subscription' },
    { title: 'Movements of recurring revenue', section: 'movements', by: 'subscription' },
  ],
  actions: [
    {
      ...{ name: 'end', label: 'Cancel at the end of the period', call: 'POST /v1/subscriptions/:subscription' },
      ...{ help: 'The customer keeps what is paid for. Renewals stop.', fixed: { cancel_at_period_end: 'true' }, fields: [] },
      when: { cancel_at_period_end: [false], status: ['active', 'trialing', 'past_due', 'unpaid'] },
    },
    {
      ...{
        name: 'keep',
        label: 'Do not cancel',
        call: 'POST /v1/subscriptions/:subscription',
        help: 'It renews again.',
        fixed: { cancel_at_period_end: 'false' },
        fields: [],
      },
      when: { cancel_at_period_end: [true] },
    },
    {
      ...{ name: 'cancel', label: 'Cancel at once', call: 'DELETE /v1/subscriptions/:subscription', isDangerous: true },
      ...{
        help: 'Access ends now. Say whether the rest of the period is credited.',
        when: { status: ['active', 'trialing', 'past_due', 'unpaid', 'incomplete', 'paused'] },
      },
      fields: [
        { name: 'prorate', label: 'Credit the rest of the period', type: 'checkbox' },
        { name: 'invoice_now', label: 'Invoice what is open now', type: 'checkbox' },
        { name: 'cancellation_details[comment]', label: 'Reason', type: 'text' },
      ],
    },
    {
      ...{
        name: 'trial',
        label: 'End the trial now',
        call: 'POST /v1/subscriptions/:subscription',
        help: 'The first period begins and is charged.',
      },
      ...{ fixed: { trial_end: 'now' }, fields: [], when: { status: ['trialing'] } },
    },
  ],
};
