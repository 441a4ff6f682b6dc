import type { Sql } from '../../db/connect';
import { methodsAmong } from '../../domain/payment/method-configurations';
import type { Invoice } from '../../domain/rows/invoice';
import type { MethodType } from '../../domain/rows/payment-method';
import { methodsFor } from '../writes/methods-offered';

/** What an invoice can be paid with on its page: what the seller has named for it, or what the account offers in its currency. */
export async function methodsOf(sql: Sql, invoice: Invoice): Promise<MethodType[]> {
  const { payment_method_types: named } = invoice.paymentSettings;
  return named === null ? methodsFor(sql, invoice, invoice.currency) : methodsAmong(named, invoice.currency);
}
