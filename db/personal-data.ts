/**
 * Where data of a person is: for each table, how its rows of a customer are found, or why it has none. A test compares this with the schema, so a new
 * table needs its place here.
 */
import type { Scope } from '../domain/core/steps';
import type { Sql } from './connect';

/**
 * `customer`: the table has the column. `of`: the table whose rows it belongs to, and the column that names them. `address`: the column with the
 * customer's e-mail address.
 */
type Owner = 'customer' | 'itself' | { column: string; of: string } | { address: string };

/** Tables with data of a customer. */
export const PERSONAL: Readonly<Record<string, Owner>> = {
  customers: 'itself',
  cutovers: 'customer',
  shadow_invoices: 'customer',
  active_entitlements: 'customer',
  alert_triggereds: 'customer',
  alerts: 'customer',
  charges: 'customer',
  checkout_sessions: 'customer',
  credit_balance_transactions: 'customer',
  credit_grants: 'customer',
  credit_notes: 'customer',
  credit_note_line_items: { column: 'credit_note', of: 'credit_notes' },
  credit_purchases: 'customer',
  credit_top_ups: 'customer',
  customer_balance_transactions: 'customer',
  customer_requests: 'customer',
  customer_sessions: 'customer',
  discounts: 'customer',
  disputes: 'customer',
  early_fraud_warnings: 'customer',
  dunnings: 'customer',
  experiment_assignments: 'customer',
  forecast_customers: 'customer',
  fraud_decisions: { column: 'attempt', of: 'payment_attempts' },
  invoice_items: 'customer',
  invoices: 'customer',
  invoice_line_items: { column: 'invoice', of: 'invoices' },
  invoice_payments: { column: 'invoice', of: 'invoices' },
  licenses: 'customer',
  license_activations: { column: 'license', of: 'licenses' },
  location_evidence: { column: 'invoice', of: 'invoices' },
  mail_suppressions: { address: 'email' },
  mails: 'customer',
  mandates: 'customer',
  meter_series: 'customer',
  mrr_movements: 'customer',
  payment_attempts: 'customer',
  payment_evaluations: 'customer',
  payment_intents: 'customer',
  payment_methods: 'customer',
  payment_records: 'customer',
  portal_logins: 'customer',
  portal_retention_offers: 'customer',
  portal_sessions: 'customer',
  promotion_codes: 'customer',
  quotes: 'customer',
  refunds: 'customer',
  repair_items: 'customer',
  requested_tax_calculations: 'customer',
  reviews: 'customer',
  setup_intents: 'customer',
  subscriptions: 'customer',
  subscription_items: { column: 'subscription', of: 'subscriptions' },
  subscription_schedules: 'customer',
  support_messages: { column: 'ticket', of: 'support_tickets' },
  support_tickets: 'customer',
  tasks: 'customer',
  tax_calculations: { column: 'invoice', of: 'invoices' },
  tax_ids: 'customer',
  tax_transactions: 'customer',
};

const CATALOG = 'It describes what the seller sells, or how.';
const BOOKKEEPING = 'It has amounts and ids of rows that are listed, and says nothing else about a person.';
const MACHINE = 'It is how Dunlin works, with ids only.';
const COPY = 'It has copies of rows that are listed, and is removed after days (docs/retention.md).';

const STAFF = 'It is about the people who work for the seller.';
const FILE = 'The seller has sent it. Evidence in a dispute is named by the row of the dispute.';

/** Tables without data of a customer of their own, and why. */
export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  accounts: CATALOG,
  agent_amounts: MACHINE,
  api_keys: MACHINE,
  audit_entries: STAFF,
  balance_transactions: BOOKKEEPING,
  branding_settings: CATALOG,
  commits: MACHINE,
  confirmation_tokens: COPY,
  coupons: CATALOG,
  customer_keys: 'It has the keys with which copies are sealed, and nothing that they seal.',
  deliveries: COPY,
  delivery_attempts: COPY,
  document_settings: CATALOG,
  entitlement_features: CATALOG,
  events: COPY,
  exchange_rates: CATALOG,
  experiments: CATALOG,
  fills: MACHINE,
  forecast_batches: MACHINE,
  forecast_sums: BOOKKEEPING,
  forecasts: MACHINE,
  file_contents: FILE,
  file_links: FILE,
  files: FILE,
  held: MACHINE,
  instance: MACHINE,
  invoice_rendering_templates: CATALOG,
  ledger_balances: BOOKKEEPING,
  ledger_closes: BOOKKEEPING,
  ledger_codes: BOOKKEEPING,
  ledger_entries: BOOKKEEPING,
  ledger_month_balances: BOOKKEEPING,
  ledger_months: BOOKKEEPING,
  ledger_transactions: BOOKKEEPING,
  license_policies: CATALOG,
  license_signing_keys: MACHINE,
  login_attempts: STAFF,
  meter_errors: 'It counts events that could not be read, with an example that is removed.',
  meter_events: 'Its rows belong to a series of `meter_series`; the sums of each hour are shown by `GET /v1/customers/:id/usage`.',
  meter_rollups: 'As meter_events.',
  meter_uniques: 'As meter_events.',
  meters: CATALOG,
  passkeys: STAFF,
  payment_links: CATALOG,
  payment_method_configurations: CATALOG,
  portal_configurations: CATALOG,
  prices: CATALOG,
  pricing_tables: CATALOG,
  product_downloads: CATALOG,
  product_features: CATALOG,
  processor_events: MACHINE,
  products: CATALOG,
  radar_rules: CATALOG,
  recovery_program_versions: CATALOG,
  recovery_programs: CATALOG,
  requests: COPY,
  retired_invoice_prefixes: BOOKKEEPING,
  revenue_schedules: BOOKKEEPING,
  operator_actions: MACHINE,
  processor_fetches: MACHINE,
  processor_states: MACHINE,
  imports: MACHINE,
  imported_objects: MACHINE,
  reconciliations: BOOKKEEPING,
  reconciliation_differences: BOOKKEEPING,
  repairs: BOOKKEEPING,
  routing_versions: CATALOG,
  sandbox_faults: MACHINE,
  sandbox_operations: 'It is the memory of the test processor.',
  schema_migrations: MACHINE,
  shipping_rates: CATALOG,
  tax_rates: CATALOG,
  tax_records: BOOKKEEPING,
  tax_registrations: CATALOG,
  tax_returns: BOOKKEEPING,
  tax_settings: CATALOG,
  tax_thresholds: BOOKKEEPING,
  tax_watches: MACHINE,
  test_clocks: CATALOG,
  usage_periods: BOOKKEEPING,
  value_list_items: 'They are the lists of the seller’s fraud rules. An item may be an e-mail address; an erasure hides it.',
  value_lists: CATALOG,
  user_identities: STAFF,
  user_links: STAFF,
  user_sessions: STAFF,
  users: STAFF,
  webhook_endpoints: CATALOG,
  workflows: MACHINE,
};

/** Columns that nobody is shown: they open doors, or are about the installation. */
const HIDDEN = ['account', 'client_secret', 'key', 'secret', 'seq', 'url'];

/** All rows of a customer, by table. */
export async function readPersonalData(sql: Sql, scope: Scope, customer: string): Promise<Record<string, Record<string, unknown>[]>> {
  const data: Record<string, Record<string, unknown>[]> = {};
  for (const [table, owner] of Object.entries(PERSONAL)) {
    const found = await sql<
      { row: Record<string, unknown> }[]
    >`select to_jsonb(t) as row from ${sql(table)} t where ${ownedBy(sql, owner, scope, customer)}`;
    if (found.length > 0) data[table] = found.map(({ row }) => shown(row));
  }
  return data;
}

function ownedBy(sql: Sql, owner: Owner, { account, livemode }: Scope, customer: string) {
  if (owner === 'itself') return sql`t.id = ${customer} and t.account = ${account} and t.livemode = ${livemode}`;
  if (owner === 'customer') return sql`t.customer = ${customer} and t.account = ${account} and t.livemode = ${livemode}`;
  if ('address' in owner) {
    return sql`t.account = ${account} and t.livemode = ${livemode} and lower(${sql(`t.${owner.address}`)}) = (
      select lower(o.email) from customers o where o.id = ${customer} and o.account = ${account} and o.livemode = ${livemode})`;
  }
  return sql`${sql(`t.${owner.column}`)} in (
    select o.id from ${sql(owner.of)} o where o.customer = ${customer} and o.account = ${account} and o.livemode = ${livemode})`;
}

const shown = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !HIDDEN.includes(column)));
