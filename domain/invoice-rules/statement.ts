/** What the payer's bank says of an invoice's payment. */
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { PaymentIntent } from '../rows/payment-intent';
import { isMetered } from '../rows/price';
import type { Rows } from '../rows/rows';

/** Visa and Mastercard want the first charge after a free trial to say so on the cardholder's statement. */
const TRIAL_OVER = 'TRIAL OVER';

/** The invoice's own words, or those of the first product that has some; and that a trial is over. */
export function statementOf(rows: Rows, invoice: Invoice): Pick<PaymentIntent, 'statementDescriptor' | 'statementDescriptorSuffix'> {
  const lines = rows.where('invoiceLineItem', (line) => line.invoice === invoice.id).sort((one, other) => one.position - other.position);
  const products = lines.flatMap(({ product }) => rows.find('product', product)?.statementDescriptor ?? []);
  return {
    statementDescriptor: invoice.statementDescriptor ?? products[0] ?? null,
    statementDescriptorSuffix: lines.some((line) => isFirstAfterTrial(rows, line)) ? TRIAL_OVER : null,
  };
}

/** Usage is billed after the period, so it is the first charge only of a subscription that bills nothing in advance. */
function isFirstAfterTrial(rows: Rows, { subscription: id, periodStart, amount, basis }: InvoiceLineItem): boolean {
  const subscription = rows.find('subscription', id);
  if (!subscription || subscription.trialEnd !== periodStart || amount <= 0) return false;
  return basis?.usage === undefined || !hasLicensed(rows, subscription.id);
}

function hasLicensed(rows: Rows, subscription: string): boolean {
  const items = rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);
  return items.some(({ price }) => !isMetered(rows.get('price', price)));
}
