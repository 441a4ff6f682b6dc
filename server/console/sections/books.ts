/** Recurring revenue, tax and closed months. */
import type { Section } from '../section';
import { created, customer, status } from './columns';

const movements: Section = {
  ...{ name: 'movements', title: 'Revenue movements', group: 'Insight', prefixes: [], list: '/v1/insight/mrr_movements', item: null },
  about: 'Each change of the monthly recurring revenue, and the subscription that it comes from.',
  empty: 'Nothing has moved yet.',
  columns: [
    { label: 'When', path: 'created' },
    { label: 'Type', path: 'type' },
    { label: 'Amount', path: 'amount' },
    customer,
    { label: 'Subscription', path: 'subscription' },
    { label: 'Customer’s total', path: 'customer_mrr' },
  ],
  filters: ['type', 'customer', 'subscription', 'test_clock'],
  actions: [],
};

const registrations: Section = {
  ...{ name: 'tax-registrations', title: 'Tax registrations', group: 'Books', prefixes: ['taxreg'], list: '/v1/tax/registrations' },
  about: 'Where you collect tax.',
  empty: 'You collect no tax yet. Thresholds say where you may have to.',
  columns: [
    { label: 'Country', path: 'country' },
    status,
    { label: 'From', path: 'active_from' },
    { label: 'Until', path: 'expires_at' },
    created,
  ],
  filters: ['status'],
  actions: [],
};

const thresholds: Section = {
  ...{ name: 'tax-thresholds', title: 'Tax thresholds', group: 'Books', prefixes: [], list: '/v1/tax/thresholds', item: null },
  about: 'How near you are to having to register, place by place.',
  empty: 'Nothing was sold yet that counts toward a threshold.',
  columns: [
    { label: 'Place', path: 'area' },
    status,
    { label: 'Percent of it', path: 'percent' },
    { label: 'Limit', path: 'limit' },
    { label: 'Currency', path: 'currency' },
    { label: 'Reached', path: 'amount' },
  ],
  actions: [],
};

const closes: Section = {
  ...{ name: 'closes', title: 'Closed months', group: 'Books', prefixes: [], list: '/v1/ledger/closes', item: null },
  about: 'Months of the ledger that can no longer change.',
  empty: 'No month is closed yet.',
  columns: [{ label: 'Month', path: 'period' }, created],
  createAction: {
    ...{
      name: 'create',
      label: 'Close a month',
      call: 'POST /v1/ledger/closes',
      help: 'Later corrections land in the open month. This cannot be undone.',
      isDangerous: true,
    },
    fields: [{ name: 'period', label: 'Month, like 2026-01', type: 'text', isRequired: true }],
  },
  actions: [],
};

export const BOOKS: readonly Section[] = [movements, registrations, thresholds, closes];
