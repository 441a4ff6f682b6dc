import type { Sql } from '../../db/connect';
import { configurationFor, loadMatching } from '../../db/matching';
import { BillingError } from '../../domain/core/errors';
import { methodsOffered } from '../../domain/payment/method-configurations';
import type { MethodType } from '../../domain/rows/payment-method';
import type { Scope } from '../http/dependencies';

/** What the account's default configuration offers in a currency; nothing if that is nothing. */
export async function methodsFor(sql: Sql, scope: Scope, of: { currency: string | undefined; once: boolean }): Promise<MethodType[]> {
  const rows = await loadMatching(sql, scope, [configurationFor(undefined)]);
  try {
    return methodsOffered(rows, of).types as MethodType[];
  } catch (error) {
    if (error instanceof BillingError) return [];
    throw error;
  }
}
