import type { Sql } from '../../db/connect';
import { findRow } from '../../db/lookup';
import { loadRows } from '../../db/related';
import { methodsAmong } from '../../domain/payment/method-configurations';
import { canPayAmount } from '../../domain/payment/voucher-amounts';
import { subscriptionsOf, type Invoice } from '../../domain/rows/invoice';
import { paysOnce, type MethodType } from '../../domain/rows/payment-method';
import { methodsFor } from '../writes/methods-offered';

/**
 * What an invoice can be paid with on its page: what the seller has named for it, or what the account offers in its currency. What pays later
 * invoices, too, is not a type that pays once.
 */
export async function methodsOf(sql: Sql, invoice: Invoice): Promise<MethodType[]> {
  const { amountRemaining, currency, paymentIntent, paymentSettings } = invoice;
  const { payment_method_types: named } = paymentSettings;
  const intent = paymentIntent === null ? null : await findRow(sql, 'paymentIntent', invoice, paymentIntent);
  const once = intent?.setupFutureUsage === null;
  const offered = named === null ? await methodsFor(sql, invoice, { currency, once }) : methodsAmong(named, currency);
  return offered.filter((type) => (once || !paysOnce(type)) && canPayAmount(type, intent?.amount ?? amountRemaining));
}

/** Their own way to pay has failed, or was never there. */
const WAITING: readonly string[] = ['incomplete', 'past_due', 'unpaid'];

/** Whether what pays this invoice is to pay what its subscriptions cost later, too. */
export async function paysLater(sql: Sql, invoice: Invoice): Promise<boolean> {
  if (invoice.collectionMethod !== 'charge_automatically') return false;
  const rows = await loadRows(sql, 'subscription', invoice, subscriptionsOf(invoice));
  return rows.all('subscription').some(({ status }) => WAITING.includes(status));
}
