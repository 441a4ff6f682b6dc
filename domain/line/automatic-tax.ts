/** Automatic tax of an invoice: who sells, who buys, where, and what each line sells. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { taxIdsOf } from '../customer/tax-ids';
import type { Invoice, LineContent } from '../rows/invoice';
import { modeOf } from '../rows/account';
import type { Address } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { AppliedRate, AutomaticTaxTerms, RemoteTaxTerms, TaxableLine, TaxedLine, TaxInput } from '../rows/tax-calculation';
import { countryOfTaxId, type TaxId } from '../rows/tax-id';
import { locationOf, NO_PLACE } from '../tax/location';
import { answerAbout, remoteTaxProviderOf } from '../tax/provider';
import { sellerAt } from '../tax/registrations';
import { sellerFrom } from '../tax/seller';
import { taxByEngine } from './engine-taxes';
import { saleTo, withCredits, type TaxBuyer } from './remote-taxes';
import { hashOf, taxByRates } from './tax-input';

/** The terms of an invoice's automatic tax, at the present time or at that of the invoice which it corrects. Null if the customer's place is unknown, or the seller's. */
export function automaticTermsOf(changes: ChangeSet, invoice: Invoice): AutomaticTaxTerms | null {
  const { rows } = changes;
  const instant = instantOf(changes, invoice);
  const customer = rows.get('customer', invoice.customer);
  const method = paymentMethodOf(rows, invoice) ?? null;
  const location = locationOf(customer, method);
  const seller = sellerFrom(rows);
  if (!location?.place || seller === null) return null;
  const taxIds = taxIdsOf(rows, customer.id);
  const given = taxIds.map((taxId) => ({ type: taxId.type, country: countryOfTaxId(taxId) }));
  const provider = remoteTaxProviderOf(rows, invoice);
  const paymentMethod = location.source === 'payment_method' ? (method?.id ?? null) : null;
  const remote = { customer: customer.id, paymentMethod, buyer: buyerHash(location.address, taxIds) };
  return {
    owner: `${invoice.account}/${modeOf(invoice)}`,
    instant,
    seller: sellerAt(seller, instant),
    buyer: { place: location.place, taxExempt: customer.taxExempt, taxIds: given },
    ...(provider === null ? {} : { remote: { provider, ...remote } }),
  };
}

/** What takes the place of a final invoice is taxed by the law of the day on which that became final. */
function instantOf({ rows, now }: ChangeSet, { fromInvoice }: Invoice): number {
  return rows.find('invoice', fromInvoice)?.finalizedAt ?? now;
}

/** Identifies the address and the tax ids for which a remote provider was asked. */
export function buyerHash(address: Address | null, taxIds: readonly Pick<TaxId, 'type' | 'value'>[]): string {
  const numbers = taxIds.map(({ type, value }) => `${type} ${value}`).sort();
  return hashOf(JSON.stringify([Object.entries(address ?? {}).sort(), numbers]));
}

/** What a line sells. The item's own tax code comes first, then the product's, then the seller's; the price's behavior before the seller's. */
export function supplyOf(rows: Rows, { product, taxBehavior, taxCode: own, currency }: LineContent): NonNullable<TaxableLine['supply']> {
  const [settings] = rows.all('taxSettings');
  const taxCode = own ?? rows.find('product', product)?.taxCode ?? settings?.taxCode ?? GENERAL;
  if (taxBehavior === 'inclusive' || taxBehavior === 'exclusive') return { taxCode, behavior: taxBehavior };
  return { taxCode, behavior: defaultBehavior(rows, currency) ?? 'exclusive' };
}

/** The behavior of prices that name none: null if the seller has set none. */
export function defaultBehavior(rows: Rows, currency: string): 'inclusive' | 'exclusive' | null {
  const [settings] = rows.all('taxSettings');
  if (settings?.taxBehavior !== 'inferred_by_currency') return settings?.taxBehavior ?? null;
  return currency === 'usd' || currency === 'cad' ? 'exclusive' : 'inclusive';
}

/** Electronically supplied services. */
const GENERAL = 'txcd_10000000';

/** The tax without a provider: by the rates of the lines, or by the built-in engine, whose rates are stored. */
export function taxBuiltIn(changes: ChangeSet, input: TaxInput): TaxedLine[] {
  if (!input.automatic) return taxByRates(input);
  const { lines, rates } = taxByEngine(input);
  keepRates(changes, rates);
  return lines;
}

/**
 * The tax of what is not final. A remote provider is asked about it only in a preview or an offer that a caller waits for; elsewhere the
 * built-in engine estimates it.
 *
 * @throws BillingError customer_tax_location_invalid, taxes_calculation_failed
 */
export function estimatedTax(changes: ChangeSet, input: TaxInput): TaxedLine[] {
  const remote = input.automatic?.remote;
  const answer = remote ? answerAbout(changes, remote.provider, saleTo(buyerIn(changes.rows, remote), input)) : null;
  if (answer === null) return taxBuiltIn(changes, input);
  keepRates(changes, answer.rates ?? []);
  return withCredits(input, answer.lines);
}

function buyerIn(rows: Rows, { customer, paymentMethod }: RemoteTaxTerms): TaxBuyer {
  const method = rows.find('paymentMethod', paymentMethod) ?? null;
  return { customer: rows.get('customer', customer), paymentMethod: method, taxIds: taxIdsOf(rows, customer) };
}

/** Stores the rates that a provider has made. An account has each of them once, by its id; the facts do not show which it has. */
export function keepRates(changes: ChangeSet, rates: readonly AppliedRate[]): void {
  const { account, livemode } = changes.context;
  for (const rate of rates) {
    if (changes.rows.find('taxRate', rate.id)) continue;
    const others = { account, livemode, created: changes.now, active: false, description: null, metadata: {}, isAutomatic: true };
    changes.put('taxRate', { ...rate, ...others });
  }
}

/**
 * An invoice with automatic tax can become final only if the places of seller and customer are known.
 *
 * @throws BillingError customer_tax_location_invalid
 */
export function requireTaxLocation(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (!invoice.automaticTax.enabled || automaticTermsOf(changes, invoice) !== null) return;
  throw new BillingError('customer_tax_location_invalid', NO_PLACE);
}

/**
 * Automatic tax and manual rates exclude each other, and the seller must have a head office.
 *
 * @throws BillingError parameter_invalid
 */
export function requireAutomaticOnly(rows: Rows, manual: readonly string[], param = 'automatic_tax[enabled]'): void {
  if (manual.length > 0) throw new BillingError('parameter_invalid', WITH_RATES, { param });
  if (sellerFrom(rows) === null) throw new BillingError('parameter_invalid', NO_HEAD_OFFICE, { param });
}

const WITH_RATES =
  'You cannot enable automatic tax together with tax rates. Remove `default_tax_rates`, and the `tax_rates` of all items, first.';
const NO_HEAD_OFFICE =
  'You must set the address of your head office to enable automatic tax: POST /v1/tax/settings with head_office[address].';
