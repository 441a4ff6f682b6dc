/** What permissions are about: the resources of the API, and the areas of work that they belong to. */

/** Areas in which a role may do the same with every resource. */
export type Area =
  | 'catalog'
  | 'customers'
  | 'billing'
  | 'payments'
  | 'refunds'
  | 'risk'
  | 'books'
  | 'support'
  | 'development'
  | 'settings'
  | 'keys'
  | 'users';

/** Every resource with its area. An operation whose path belongs to none of them cannot be declared. */
const AREAS = {
  account: 'settings',
  api_keys: 'keys',
  audit_entries: 'users',
  balance: 'payments',
  balance_transactions: 'payments',
  'billing.alerts': 'billing',
  'billing.credit_balance_summary': 'billing',
  'billing.credit_balance_transactions': 'billing',
  'billing.credit_grants': 'billing',
  'billing.credit_top_ups': 'billing',
  'billing.margins': 'books',
  'billing.meter_events': 'development',
  'billing.meters': 'catalog',
  billing_portal: 'billing',
  branding_settings: 'settings',
  charges: 'payments',
  checkout: 'billing',
  confirmation_tokens: 'payments',
  coupons: 'catalog',
  credit_notes: 'refunds',
  customer_requests: 'support',
  customer_sessions: 'customers',
  customers: 'customers',
  cutovers: 'billing',
  disputes: 'refunds',
  document_settings: 'settings',
  entitlements: 'catalog',
  events: 'development',
  experiments: 'catalog',
  file_links: 'support',
  files: 'support',
  forecasts: 'books',
  guests: 'customers',
  held: 'development',
  imports: 'billing',
  insight: 'books',
  invoice_payments: 'payments',
  invoice_rendering_templates: 'settings',
  invoiceitems: 'billing',
  invoices: 'billing',
  ledger: 'books',
  license_policies: 'catalog',
  license_signing_keys: 'settings',
  licenses: 'customers',
  mail_previews: 'settings',
  mail_suppressions: 'support',
  mails: 'support',
  mandates: 'payments',
  payment_intents: 'payments',
  payment_links: 'catalog',
  payment_method_configurations: 'settings',
  payment_methods: 'customers',
  payment_records: 'payments',
  plans: 'catalog',
  prices: 'catalog',
  pricing_tables: 'catalog',
  products: 'catalog',
  promotion_codes: 'catalog',
  quotes: 'billing',
  radar: 'risk',
  reconciliation_differences: 'books',
  reconciliations: 'books',
  recoveries: 'risk',
  recovery_programs: 'risk',
  refunds: 'refunds',
  repairs: 'books',
  reviews: 'risk',
  routing: 'settings',
  setup_attempts: 'payments',
  setup_intents: 'payments',
  shadow_invoices: 'billing',
  shipping_rates: 'catalog',
  settlement_files: 'books',
  subscription_items: 'billing',
  subscription_schedules: 'billing',
  subscriptions: 'billing',
  support_tickets: 'support',
  tasks: 'support',
  'tax.associations': 'books',
  'tax.calculations': 'books',
  'tax.registrations': 'books',
  'tax.settings': 'settings',
  'tax.thresholds': 'books',
  'tax.transactions': 'books',
  tax_codes: 'catalog',
  tax_ids: 'customers',
  tax_rates: 'catalog',
  tax_returns: 'books',
  test_helpers: 'development',
  tokens: 'payments',
  users: 'users',
  webhook_endpoints: 'development',
} as const satisfies Record<string, Area>;

export type Resource = keyof typeof AREAS;
export const RESOURCES = Object.keys(AREAS) as readonly Resource[];

export const areaOf = (resource: Resource): Area => AREAS[resource];

/** Families of paths whose resources are told apart by the second segment. */
const FAMILIES: readonly string[] = ['billing', 'tax'];

/** Paths that belong to the resource of another. */
const SAME_AS: Readonly<Record<string, Resource>> = {
  accounts: 'account',
  account_settings: 'account',
  'billing.meter_event_adjustments': 'billing.meter_events',
  'billing.meter_event_session': 'billing.meter_events',
  'billing.meter_event_stream': 'billing.meter_events',
  core: 'events',
  dispute_rates: 'disputes',
  dispute_report: 'disputes',
  operator_actions: 'routing',
  payment_pages: 'checkout',
  recovery_report: 'recoveries',
  repair_items: 'repairs',
  processors: 'routing',
  support_report: 'support_tickets',
};

/** Older paths of refunds and disputes, under their charge. Who may not refund may not do it there. */
const UNDER_CHARGE: Readonly<Record<string, Resource>> = { refund: 'refunds', refunds: 'refunds', dispute: 'disputes' };

/** The same objects have paths of their own, and those count. */
const UNDER_CUSTOMER: Readonly<Record<string, Resource>> = {
  cards: 'payment_methods',
  payment_methods: 'payment_methods',
  sources: 'payment_methods',
  subscriptions: 'subscriptions',
  tax_ids: 'tax_ids',
};

const UNDER: Readonly<Record<string, Readonly<Record<string, Resource>>>> = { charges: UNDER_CHARGE, customers: UNDER_CUSTOMER };

/** The resource of a path: `billing.meters` of `/v1/billing/meters/:id`. */
export function resourceOf(path: string): Resource {
  const [, , first = '', second = '', third = ''] = path.split('/');
  const name = FAMILIES.includes(first) ? `${first}.${second}` : first;
  const resource = UNDER[first]?.[third] ?? SAME_AS[name] ?? name;
  if (!isResource(resource)) throw new Error(`the path ${path} belongs to no resource: add it to domain/authorization/resources.ts`);
  return resource;
}

function isResource(name: string): name is Resource {
  return Object.hasOwn(AREAS, name);
}
