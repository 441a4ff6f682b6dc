/** The wallets that a page offers beside a card. They are the sandbox's: in live mode the page of a processor has its own. */
import type { Sql } from '../../db/connect';
import { configurationFor, loadMatching } from '../../db/matching';
import { walletsOffered, type CardWallet } from '../../domain/payment/wallets';
import { methodsAmong } from '../../domain/payment/method-configurations';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { MethodType } from '../../domain/rows/payment-method';
import type { Scope } from '../http/dependencies';

/** @param of what the page offers, and the configuration that decides; null: the account's default */
export async function walletsOf(
  sql: Sql,
  { account, livemode }: Scope,
  { methods, configuration }: { methods: readonly MethodType[]; configuration: string | null },
): Promise<CardWallet[]> {
  if (livemode) return [];
  const rows = await loadMatching(sql, { account, livemode }, [configurationFor(configuration ?? undefined)]);
  return walletsOffered(methods, rows.all('paymentMethodConfiguration')[0] ?? null);
}

export async function walletsOfSession(sql: Sql, session: CheckoutSession): Promise<CardWallet[]> {
  const { payment_method_types: named, payment_method_configuration: configuration } = session.settings;
  return walletsOf(sql, session, { methods: methodsAmong(named, session.currency), configuration });
}
