/** What a session's parameters must be to each other, in Stripe's words where they are known. */
import { BillingError } from '../../../domain/core/errors';
import type { CreateSessionParameters } from '../../../domain/checkout/parameters';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { ParameterError } from '../../http/parameter-error';
import { checkPriced } from '../../writes/inline-prices';

interface OfSessions {
  adaptive_pricing?: { enabled?: boolean | undefined } | undefined;
  branding_settings?: object | undefined;
}

/** @throws BillingError parameter_missing, parameter_invalid, parameter_unsupported, parameters_exclusive, too_many_items */
export function checkSession(params: CreateSessionParameters & OfSessions): void {
  checkPlaces(params);
  if (params.adaptive_pricing?.enabled === true)
    throw new ParameterError('parameter_unsupported', NO_CONVERSION, 'adaptive_pricing[enabled]');
  for (const param of NOT_OF_ELEMENTS) {
    if (params.ui_mode !== 'elements' || params[param] === undefined) continue;
    throw wrong(`\`${param}\` is not allowed when \`ui_mode\` is \`elements\`.`, param);
  }
  checkTerms(params);
}

const NO_CONVERSION =
  'Dunlin converts no prices at the checkout, so `adaptive_pricing[enabled]` can only be `false`. Say what a price costs in other currencies with its `currency_options`, and pass `currency`.';

const NOT_OF_ELEMENTS = ['after_expiration', 'branding_settings'] as const;

/** What a payment link must keep, too. */
export function checkTerms(params: CreateSessionParameters): void {
  checkMode(params);
  checkBuyer(params);
  checkLines(params);
}

const missing = (param: string) => new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
const wrong = (message: string, param: string) => new BillingError('parameter_invalid', message, { param });

/** Where the buyer goes afterwards depends on where the buyer pays. */
function checkPlaces(params: CreateSessionParameters): void {
  const { ui_mode: ui = 'hosted_page' } = params;
  const isHosted = ui === 'hosted_page';
  const foreign = isHosted ? (['return_url', 'redirect_on_completion'] as const) : (['success_url', 'cancel_url'] as const);
  const param = foreign.find((name) => params[name] !== undefined);
  if (param !== undefined) throw wrong(`\`${param}\` is not allowed when \`ui_mode\` is \`${ui}\`.`, param);
  if (isHosted && params.success_url === undefined) throw missing('success_url');
  if (!isHosted) checkReturn(params);
}

function checkReturn({ redirect_on_completion: redirect, return_url: url }: CreateSessionParameters): void {
  if (redirect !== 'never' && url === undefined) throw missing('return_url');
  if (redirect !== 'never' || url === undefined) return;
  throw wrong('`return_url` is not allowed when `redirect_on_completion` is `never`.', 'return_url');
}

type Mode = CreateSessionParameters['mode'];

/** Parameters that only some modes have. */
const MODES: Partial<Record<keyof CreateSessionParameters, readonly Mode[]>> = {
  allow_promotion_codes: ['payment', 'subscription'],
  customer_creation: ['payment', 'setup'],
  discounts: ['payment', 'subscription'],
  invoice_creation: ['payment'],
  line_items: ['payment', 'subscription'],
  optional_items: ['payment', 'subscription'],
  payment_intent_data: ['payment'],
  payment_method_collection: ['subscription'],
  phone_number_collection: ['payment', 'subscription'],
  saved_payment_method_options: ['payment', 'subscription'],
  setup_intent_data: ['setup'],
  shipping_address_collection: ['payment', 'subscription'],
  shipping_options: ['payment'],
  submit_type: ['payment', 'subscription'],
  subscription_data: ['subscription'],
};

function checkMode(params: CreateSessionParameters): void {
  const { mode, line_items: lines = [] } = params;
  assertOfMode(params);
  checkCapture(params);
  checkOptions(params);
  if (mode === 'subscription') checkSubmit(params.submit_type);
  if (mode !== 'setup' && lines.length === 0) throw missing('line_items');
  if (mode === 'setup' && params.currency === undefined && params.payment_method_types === undefined) throw missing('currency');
}

/** Only an account that is set up has a currency that no line says, and only a payment is captured. */
function checkOptions({ mode, payment_method_options: options }: CreateSessionParameters): void {
  const { acss_debit: account, card } = options ?? {};
  if (mode !== 'setup' && account?.currency !== undefined) throw ofOtherMode(mode, 'payment_method_options[acss_debit][currency]');
  if (mode !== 'payment' && card?.request_multicapture !== undefined) {
    throw ofOtherMode(mode, 'payment_method_options[card][request_multicapture]');
  }
}

const ofOtherMode = (mode: Mode, param: string): BillingError => wrong(`You can not pass \`${param}\` in \`${mode}\` mode.`, param);

function checkCapture({ invoice_creation: invoice, payment_intent_data: data }: CreateSessionParameters): void {
  if (invoice?.enabled !== true || data?.capture_method !== 'manual') return;
  const message = 'The payment of an invoice is captured at once: `capture_method` cannot be `manual`.';
  throw wrong(message, 'payment_intent_data[capture_method]');
}

function assertOfMode(params: CreateSessionParameters): void {
  const { mode } = params;
  for (const [param, modes] of Object.entries(MODES) as [keyof CreateSessionParameters, readonly Mode[]][]) {
    if (params[param] === undefined || modes.includes(mode)) continue;
    throw ofOtherMode(mode, param);
  }
}

function checkSubmit(type: CreateSessionParameters['submit_type'] = 'auto'): void {
  if (type === null || type === 'auto' || type === 'subscribe') return;
  throw wrong(`\`submit_type\` cannot be \`${type}\` in \`subscription\` mode.`, 'submit_type');
}

/** What the checkout may change of an existing customer. */
function checkCustomerUpdate({ customer, customer_update: update, tax_id_collection: taxId }: CreateSessionParameters): void {
  if (update && customer === undefined) throw wrong('`customer_update` can only be used with `customer`.', 'customer_update');
  if (customer === undefined || taxId?.enabled !== true || update?.name === 'auto') return;
  const message =
    'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.';
  throw wrong(message, 'customer_update[name]');
}

function checkBuyer(params: CreateSessionParameters): void {
  checkCustomerUpdate(params);
  onlyOne(params, ['customer', 'customer_email']);
  onlyOne(params, ['allow_promotion_codes', 'discounts']);
  onlyOne(params, ['payment_method_configuration', 'payment_method_types']);
  checkShipping(params.shipping_options);
  if (params.subscription_data) {
    onlyOne(params.subscription_data, ['trial_end', 'trial_period_days'], 'subscription_data');
    onlyOne(params.subscription_data, ['billing_cycle_anchor', 'billing_cycle_anchor_config'], 'subscription_data');
  }
  if (params.customer !== undefined && params.customer_creation !== undefined) onlyOne(params, ['customer', 'customer_creation']);
  if ((params.discounts ?? []).length > 1) throw wrong('You may only specify one discount.', 'discounts');
}

/** @throws BillingError parameters_exclusive */
export function checkShipping(options: CreateSessionParameters['shipping_options']): void {
  (options ?? []).forEach((option, index) => {
    const param = `shipping_options[${String(index)}]`;
    onlyOne(option, ['shipping_rate', 'shipping_rate_data'], param);
  });
}

/** Stripe's limits: twenty recurring and twenty one-time prices of a subscription. */
const OF_A_SUBSCRIPTION = 40;

/** @throws BillingError parameter_missing, parameters_exclusive, too_many_items */
export function checkLines({ mode, line_items: lines = [] }: Pick<CreateSessionParameters, 'mode' | 'line_items'>): void {
  if (mode === 'subscription' && lines.length > OF_A_SUBSCRIPTION) {
    throw new BillingError('too_many_items', `A subscription can have at most ${String(OF_A_SUBSCRIPTION)} line items.`, {
      param: 'line_items',
    });
  }
  lines.forEach((line, index) => {
    const param = `line_items[${String(index)}]`;
    if (line.id === undefined) atLeastOne(line, ['price', 'price_data'], param);
    if (line.price_data) {
      const nested = `${param}[price_data]`;
      onlyOne(line.price_data, ['product', 'product_data'], nested);
      atLeastOne(line.price_data, ['product', 'product_data'], nested);
    }
    if (line.id !== undefined && line.price === undefined && line.price_data === undefined) return;
    checkPriced(
      { price: line.price, price_data: line.price_data && { ...line.price_data, product: line.price_data.product ?? '' } },
      param,
    );
  });
}
