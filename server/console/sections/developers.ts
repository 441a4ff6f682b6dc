/** Events, webhooks, clocks, and what is held. */
import type { Section } from '../section';
import { created, status } from './columns';

const events: Section = {
  ...{ name: 'events', title: 'Events', group: 'Developers', prefixes: ['evt'], list: '/v1/events' },
  about: 'What happened, as webhooks tell it.',
  empty: 'No events yet.',
  columns: [
    { label: 'Type', path: 'type' },
    { label: 'Object', path: 'data.object.id' },
    { label: 'Waiting endpoints', path: 'pending_webhooks' },
    created,
  ],
  filters: ['type', 'delivery_success'],
  actions: [
    {
      ...{ name: 'retry', label: 'Deliver again', call: 'POST /v1/events/:event/retry', help: 'Sends it to the endpoint once more.' },
      fields: [{ name: 'webhook_endpoint', label: 'Endpoint', type: 'text', isRequired: true, offers: 'webhook_endpoint' }],
    },
  ],
};

const endpoints: Section = {
  ...{ name: 'webhooks', title: 'Webhooks', group: 'Developers', prefixes: ['we'], list: '/v1/webhook_endpoints' },
  about: 'Where events are sent. An endpoint that fails is tried for days.',
  empty: 'No endpoints yet.',
  columns: [{ label: 'Address', path: 'url' }, status, { label: 'Events', path: 'enabled_events' }, created],
  subTable: {
    heading: 'Deliveries',
    list: '/v1/webhook_endpoints/:webhook_endpoint/deliveries',
    columns: [
      { label: 'Event', path: 'event' },
      { label: 'Type', path: 'event_type' },
      status,
      { label: 'Delivered', path: 'delivered_at' },
      { label: 'Next try', path: 'next_attempt_at' },
      created,
    ],
  },
  createAction: {
    ...{
      name: 'create',
      label: 'Add an endpoint',
      call: 'POST /v1/webhook_endpoints',
      help: 'You then see the secret with which its events are signed.',
    },
    fields: [
      { name: 'url', label: 'Address', type: 'text', isRequired: true },
      { name: 'enabled_events[0]', label: 'Event, or * for all', type: 'text', isRequired: true },
    ],
    reveals: { label: 'The signing secret, which is shown only now', property: 'secret' },
  },
  actions: [
    {
      ...{
        name: 'off',
        label: 'Switch off',
        call: 'POST /v1/webhook_endpoints/:webhook_endpoint',
        help: 'Nothing is sent to it.',
        fixed: { disabled: 'true' },
        fields: [],
      },
      when: { status: ['enabled'] },
    },
    {
      ...{
        name: 'on',
        label: 'Switch on',
        call: 'POST /v1/webhook_endpoints/:webhook_endpoint',
        help: 'New events are sent to it.',
        fixed: { disabled: 'false' },
        fields: [],
      },
      when: { status: ['disabled'] },
    },
  ],
};

const clocks: Section = {
  ...{ name: 'test-clocks', title: 'Test clocks', group: 'Developers', prefixes: ['clock'], list: '/v1/test_helpers/test_clocks' },
  about: 'A clock takes its customers through a year in seconds.',
  empty: 'No clocks yet. Add one, and create customers on it.',
  columns: [
    { label: 'Name', path: 'name' },
    status,
    { label: 'Shows', path: 'frozen_time' },
    { label: 'Deleted on', path: 'deletes_after' },
    created,
  ],
  related: [
    { title: 'Customers', section: 'customers', by: 'test_clock' },
    { title: 'Subscriptions', section: 'subscriptions', by: 'test_clock', with: { status: 'all' } },
  ],
  createAction: {
    ...{ name: 'create', label: 'Add a clock', call: 'POST /v1/test_helpers/test_clocks', help: 'It stands still until you advance it.' },
    fields: [
      { name: 'frozen_time', label: 'Shows', type: 'date', isRequired: true },
      { name: 'name', label: 'Name', type: 'text' },
    ],
  },
  actions: [
    {
      ...{
        name: 'advance',
        label: 'Advance',
        call: 'POST /v1/test_helpers/test_clocks/:test_clock/advance',
        help: 'Everything that is due until then happens, in order.',
      },
      fields: [{ name: 'frozen_time', label: 'To', type: 'date', isRequired: true }],
      when: { status: ['ready'] },
    },
    {
      ...{
        name: 'delete',
        label: 'Delete',
        call: 'DELETE /v1/test_helpers/test_clocks/:test_clock',
        help: 'Ends what its customers have.',
        isDangerous: true,
        fields: [],
      },
    },
  ],
  underWay: { status: ['advancing'] },
};

const fills: Section = {
  ...{ name: 'fills', title: 'Sample companies', group: 'Developers', prefixes: ['fill'], list: '/v1/test_helpers/fills' },
  about: 'The sandbox, filled with a believable company and its history on a test clock.',
  empty: 'Nothing was filled yet. Fill the sandbox to see every place with something in it.',
  columns: [
    created,
    status,
    { label: 'Doing', path: 'progress.doing' },
    { label: 'Percent done', path: 'progress.percent', as: 'bar' },
    { label: 'Customers', path: 'customers' },
    { label: 'Months', path: 'months' },
    { label: 'From', path: 'start' },
    { label: 'Test clock', path: 'test_clock' },
    { label: 'Ended', path: 'ended_at' },
    { label: 'Failed because', path: 'failure' },
  ],
  progress: { of: 'progress.parts', open: { running: 'progress.parts_left' } },
  createAction: {
    ...{ name: 'create', label: 'Fill the sandbox', call: 'POST /v1/test_helpers/fills' },
    help: 'A company with products, customers and a year of subscriptions, payments, refunds and disputes, on a test clock of its own. It takes some minutes.',
    fields: [
      { name: 'customers', label: 'Customers, 100 unless you say', type: 'number' },
      { name: 'months', label: 'Months, 12 unless you say', type: 'number' },
    ],
  },
  actions: [
    {
      ...{ name: 'cancel', label: 'Stop', call: 'POST /v1/test_helpers/fills/:fill/cancel', fields: [], when: { status: ['running'] } },
      help: 'What is there stays. Delete its test clock to be rid of it.',
    },
  ],
  underWay: { status: ['running'] },
};

const held: Section = {
  ...{ name: 'held', title: 'Held', group: 'Developers', prefixes: ['held'], list: '/v1/held' },
  about: 'Workflows that wait for a person, because a step failed again and again. Nothing is lost meanwhile.',
  empty: 'Nothing is held.',
  columns: [
    { label: 'What', path: 'workflow' },
    { label: 'Step', path: 'step' },
    { label: 'Because', path: 'failure.message' },
    { label: 'Times', path: 'times_failed' },
    { label: 'Tries again', path: 'retries_at' },
    created,
  ],
  filters: ['kind', 'reason', 'customer'],
  actions: [
    { ...{ name: 'release', label: 'Try again now', call: 'POST /v1/held/:held/release', help: 'Once the cause is mended.', fields: [] } },
  ],
};

export const DEVELOPERS: readonly Section[] = [events, endpoints, clocks, fills, held];
