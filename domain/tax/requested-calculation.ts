/** Tax on a sale that a caller describes: lines, a customer and a date. Nothing is billed. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Product } from '../rows/product';
import type { Metadata } from '../rows/resource';
import type {
  CalculatedShippingCost,
  CalculatedTaxLine,
  LineTaxBreakdown,
  RequestedTaxCalculation,
  TaxCustomerDetails,
} from '../rows/requested-tax-calculation';
import type { Rows } from '../rows/rows';
import { countryOfTaxId } from '../rows/tax-id';
import { modeOf } from '../rows/account';
import type { TaxAmount } from '../rows/invoice';
import type { AppliedRate, JurisdictionLevel } from '../rows/tax-calculation';
import { sumOf } from '../money/money';
import { calculateTaxes, isTaxed, type EngineLine, type EngineTax } from './engine';
import { NO_PLACE } from './location';
import { placeOf } from './places';
import { findTaxCode } from './product-tax-codes';
import { answerAbout, remoteTaxProviderOf } from './provider';
import { sellerFrom } from './seller';
import type { Buyer } from './taxability';

export interface CalculationRequest {
  currency: string;
  customer: string | null;
  customerDetails: TaxCustomerDetails;
  taxDate: number;
  lines: RequestedLine[];
  shippingCost: RequestedShippingCost | null;
}

/** `taxCode` null: that of shipping. */
export type RequestedShippingCost = Pick<RequestedLine, 'amount' | 'taxBehavior' | 'taxCode'>;

export interface RequestedLine {
  amount: number;
  metadata: Metadata | null;
  product: string | null;
  quantity: number;
  reference: string | null;
  taxBehavior: 'inclusive' | 'exclusive';
  taxCode: string | null;
}

const DAY = 86_400;
const EXPIRES_AFTER = 90 * DAY;
/** How far the tax date may be from now. */
const MAX_DISTANCE = 31 * DAY;

/**
 * Calculates the tax and keeps the calculation. The seller's settings and registrations and the named products are among the rows.
 *
 * @throws BillingError parameter_invalid without a head office, for a date too far away, an unknown tax code, or one reference for two lines;
 * resource_missing for an unknown product; customer_tax_location_invalid
 */
export function createRequestedCalculation(changes: ChangeSet, request: CalculationRequest): RequestedTaxCalculation {
  const seller = sellerFrom(changes.rows);
  if (seller === null) throw new BillingError('parameter_invalid', NO_HEAD_OFFICE);
  requireNear(changes.now, request.taxDate);
  const buyer = buyerOf(request.customerDetails);
  const resource = changes.resource('taxcalc');
  const lines = request.lines.map((line, index) => named(changes, line, index));
  requireUnique(lines.map(({ reference }) => reference));
  const shipping = request.shippingCost && shippingOf(request.shippingCost);
  // By reference and not by id, so that the same request is the same question.
  const asked = [...lines.map((line) => engineLine(line.reference, line)), ...(shipping ? [engineLine(SHIPPING, shipping)] : [])];
  const taxes = byProvider(changes, request, asked) ?? byEngine({ seller, buyer, lines: asked, instant: request.taxDate });
  const { currency, customer, customerDetails, taxDate } = request;
  return changes.put('requestedTaxCalculation', {
    ...resource,
    ...{ currency, customer, customerDetails, taxDate, expiresAt: resource.created + EXPIRES_AFTER },
    lines: lines.map((line) => taxed(line, taxes.get(line.reference) ?? [])),
    shippingCost: shipping && taxed(shipping, taxes.get(SHIPPING) ?? []),
  });
}

/** The key of the shipping cost among the lines; no reference begins with a space. */
const SHIPPING = ' shipping';

type Breakdowns = Map<string, LineTaxBreakdown[]>;

function byEngine(sale: Parameters<typeof calculateTaxes>[0]): Breakdowns {
  return new Map(calculateTaxes(sale).map(({ key, taxes }) => [key, taxes.map(breakdownOf)]));
}

/**
 * Null if the built-in engine calculates, or the provider must be asked first.
 *
 * @throws BillingError customer_tax_location_invalid, taxes_calculation_failed
 */
function byProvider(
  changes: ChangeSet,
  { currency, customerDetails, taxDate }: CalculationRequest,
  lines: EngineLine[],
): Breakdowns | null {
  const provider = remoteTaxProviderOf(changes.rows, changes.context);
  if (provider === null) return null;
  const { address, address_source: source, tax_ids: taxIds, taxability_override: override } = customerDetails;
  const answer = answerAbout(changes, provider, {
    ...{ owner: `${changes.context.account}/${modeOf(changes.context)}`, currency, instant: taxDate },
    buyer: { address, isShipping: source === 'shipping', taxExempt: EXEMPTIONS[override], taxIds },
    lines: lines.map(({ key, ...line }) => ({ line: key, ...line })),
  });
  if (answer === null) return null;
  const rates = new Map((answer.rates ?? []).map((rate) => [rate.id, rate]));
  const shown = (tax: TaxAmount): LineTaxBreakdown[] => {
    const rate = rates.get(tax.tax_rate);
    return rate ? [providedBreakdown(tax, rate, answer.levels?.[rate.id] ?? 'country')] : [];
  };
  return new Map(answer.lines.map(({ line, taxes }) => [line, taxes.flatMap(shown)]));
}

function providedBreakdown(tax: TaxAmount, rate: AppliedRate, level: JurisdictionLevel): LineTaxBreakdown {
  const { country, state, jurisdiction, displayName, percentage, taxType } = rate;
  return {
    amount: tax.amount,
    jurisdiction: { country: country ?? '', display_name: jurisdiction ?? country ?? '', level, state },
    sourcing: 'destination',
    tax_rate_details:
      taxType === null ? null : { display_name: displayName, percentage_decimal: withDecimal(percentage), tax_type: taxType },
    taxability_reason: tax.taxability_reason,
    taxable_amount: tax.taxable_amount ?? 0,
  };
}

function shippingOf({ amount, taxBehavior, taxCode }: RequestedShippingCost): CalculatedShippingCost {
  requireKnown(taxCode, { param: 'shipping_cost[tax_code]' });
  return { amount, amount_tax: 0, tax_behavior: taxBehavior, tax_breakdown: [], tax_code: taxCode ?? 'txcd_92010001' };
}

function engineLine(key: string, { amount, tax_behavior: behavior, tax_code: taxCode }: CalculatedShippingCost): EngineLine {
  return { key, amount, taxCode, behavior };
}

function buyerOf({ address, tax_ids: taxIds, taxability_override: override }: TaxCustomerDetails): Buyer {
  const place = address && placeOf(address);
  if (!place) throw new BillingError('customer_tax_location_invalid', NO_PLACE, { param: 'customer_details[address]' });
  return { place, taxExempt: EXEMPTIONS[override], taxIds: taxIds.map((taxId) => ({ type: taxId.type, country: countryOfTaxId(taxId) })) };
}

const EXEMPTIONS = { none: 'none', customer_exempt: 'exempt', reverse_charge: 'reverse' } as const;

function named(changes: ChangeSet, line: RequestedLine, index: number): CalculatedTaxLine {
  const { amount, metadata, product, quantity, taxBehavior } = line;
  const taxCode = taxCodeOf(changes.rows, line, index);
  const reference = line.reference ?? `L${String(index + 1)}`;
  const own = { amount, metadata, product, quantity, reference, tax_behavior: taxBehavior, tax_code: taxCode };
  return { id: changes.id('tax_li'), ...own, amount_tax: 0, tax_breakdown: [] };
}

/** The line's own, the product's, or that of the settings. */
function taxCodeOf(rows: Rows, { product, taxCode }: RequestedLine, index: number): string {
  const at = (name: string): { param: string } => ({ param: `line_items[${String(index)}][${name}]` });
  requireKnown(taxCode, at('tax_code'));
  const found = product === null ? null : productOf(rows, product, at('product'));
  const [settings] = rows.all('taxSettings');
  return taxCode ?? found?.taxCode ?? settings?.taxCode ?? 'txcd_10000000';
}

function requireKnown(taxCode: string | null, at: { param: string }): void {
  if (taxCode !== null && !findTaxCode(taxCode)) throw new BillingError('parameter_invalid', 'Invalid tax code', at);
}

function productOf(rows: Rows, id: string, at: { param: string }): Product {
  const product = rows.find('product', id);
  if (!product || product.deleted) throw new BillingError('resource_missing', `No such product: '${id}'`, at);
  return product;
}

function requireNear(now: number, taxDate: number): void {
  if (Math.abs(taxDate - now) <= MAX_DISTANCE) return;
  throw new BillingError('parameter_invalid', 'The tax date must be within 31 days of today.', { param: 'tax_date' });
}

function requireUnique(references: string[]): void {
  const second = references.findIndex((reference, index) => references.indexOf(reference) < index);
  if (second < 0) return;
  const param = `line_items[${String(second)}][reference]`;
  throw new BillingError('parameter_invalid', `The reference '${references[second] ?? ''}' is used by two lines.`, { param });
}

function taxed<Line extends CalculatedShippingCost>(line: Line, taxes: LineTaxBreakdown[]): Line {
  return { ...line, amount_tax: sumOf(taxes.map(({ amount }) => amount)), tax_breakdown: taxes };
}

function breakdownOf(tax: EngineTax): LineTaxBreakdown {
  const { amount, rate, reason, sourcing, taxableAmount } = tax;
  return {
    amount,
    jurisdiction: jurisdictionOf(tax),
    sourcing,
    tax_rate_details: rate && { display_name: rate.kind, percentage_decimal: percentageOf(tax), tax_type: rate.kind },
    taxability_reason: reason,
    taxable_amount: taxableAmount,
  };
}

function jurisdictionOf({ place, rate }: EngineTax): LineTaxBreakdown['jurisdiction'] {
  const isOfState = place.state !== null && place.member === null && rate?.kind !== 'gst' && rate?.kind !== 'hst';
  const country = COUNTRIES.of(place.country) ?? place.country;
  const state = isOfState ? place.state : null;
  return { country: place.country, display_name: state ?? country, level: isOfState ? 'state' : 'country', state };
}

/** With a decimal, as Stripe writes it: '20.0'. Zero where no tax is due. */
function percentageOf(tax: EngineTax): string {
  return withDecimal(tax.rate !== null && isTaxed(tax) ? tax.rate.rate : '0');
}

const withDecimal = (percentage: string): string => (percentage.includes('.') ? percentage : `${percentage}.0`);

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

const NO_HEAD_OFFICE = 'Set your head office first: POST /v1/tax/settings with head_office[address].';
