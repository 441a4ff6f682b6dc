import type { Sql } from '../../db/connect';
import { findRow } from '../../db/lookup';
import { methodsAmong } from '../../domain/payment/method-configurations';
import type { Invoice } from '../../domain/rows/invoice';
import { paysOnce, type MethodType } from '../../domain/rows/payment-method';
import { methodsFor } from '../writes/methods-offered';

/**
 * What an invoice can be paid with on its page: what the seller has named for it, or what the account offers in its currency. What pays later
 * invoices, too, is not a type that pays once.
 */
export async function methodsOf(sql: Sql, invoice: Invoice): Promise<MethodType[]> {
  const { currency, paymentIntent, paymentSettings } = invoice;
  const { payment_method_types: named } = paymentSettings;
  const intent = paymentIntent === null ? null : await findRow(sql, 'paymentIntent', invoice, paymentIntent);
  const once = intent?.setupFutureUsage === null;
  if (named === null) return methodsFor(sql, invoice, { currency, once });
  return methodsAmong(named, currency).filter((type) => once || !paysOnce(type));
}
