/** Changes that can be tried without being made, and by which question of the API. */
import type { Json } from './calls';
import { isYes } from './named';

interface Preview {
  call: string;
  /** The parameters of the question, from those of the change and of its path. */
  parametersOf: (parameters: Json, path: Readonly<Record<string, string>>) => Json;
}

/** Of a subscription, what decides what it costs. */
const PRICED = [
  ...['billing_cycle_anchor', 'cancel_at', 'cancel_at_period_end', 'default_tax_rates', 'items', 'proration_behavior', 'proration_date'],
  'trial_end',
];

const PREVIEW = 'POST /v1/invoices/create_preview';

const pick = (from: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

const extrasIn = ({ add_invoice_items: extras }: Json): Json => (extras === undefined ? {} : { invoice_items: extras });

const OF_NEW: Preview = {
  call: PREVIEW,
  parametersOf: (parameters, path) => ({
    ...pick({ ...parameters, ...path }, ['automatic_tax', 'currency', 'customer', 'discounts']),
    ...{ ...extrasIn(parameters), subscription_details: pick(parameters, PRICED) },
  }),
};

const OF_UPDATE: Preview = {
  call: PREVIEW,
  parametersOf: (parameters, { subscription }) => ({
    ...pick(parameters, ['automatic_tax', 'discounts']),
    ...{ ...extrasIn(parameters), subscription, subscription_details: pick(parameters, PRICED) },
  }),
};

const OF_CANCEL: Preview = {
  call: PREVIEW,
  parametersOf: ({ prorate }, { subscription }) => ({
    subscription,
    subscription_details: { cancel_now: true, ...(isYes(prorate) ? { proration_behavior: 'create_prorations' } : {}) },
  }),
};

const PREVIEWS: Readonly<Record<string, Preview>> = {
  'POST /v1/subscriptions': OF_NEW,
  'POST /v1/customers/:customer/subscriptions': OF_NEW,
  'POST /v1/subscriptions/:subscription': OF_UPDATE,
  'POST /v1/customers/:customer/subscriptions/:subscription': OF_UPDATE,
  'DELETE /v1/subscriptions/:subscription': OF_CANCEL,
  'DELETE /v1/customers/:customer/subscriptions/:subscription': OF_CANCEL,
  'POST /v1/credit_notes': { call: 'GET /v1/credit_notes/preview', parametersOf: (parameters) => parameters },
};

export const previewOf = (call: string): Preview | null => PREVIEWS[call] ?? null;
