/** The cards that a customer has saved, as far as the page may offer them. */
import { listRows } from '../../db/lists';
import { loadRows } from '../../db/related';
import type { Sql } from '../../db/connect';
import { BillingError } from '../../domain/core/errors';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { DEBIT_NAMES, isDebit, WALLET_NAMES, type MethodType, type PaymentMethod } from '../../domain/rows/payment-method';
import type { CheckoutModel, SavedCard } from '../../web/checkout/model';
import type { ApiRequest } from '../http/request';
import { detachFrom } from '../writes/detach-payment-method';

/** Stripe's default: what the customer has agreed to be shown everywhere. */
const SHOWN: readonly PaymentMethod['allowRedisplay'][] = ['always'];
const MOST = 10;

async function savedCards(sql: Sql, { account, livemode, customer, settings }: CheckoutSession): Promise<PaymentMethod[]> {
  if (customer === null) return [];
  const scope = { account, livemode };
  const types: string[] = settings.payment_method_types;
  const among = settings.saved_payment_method_options?.allow_redisplay_filters ?? SHOWN;
  const filters = [
    { column: 'customer', equals: customer },
    { column: 'allowRedisplay', among },
  ];
  const { keys = [] } = (await listRows(sql, 'paymentMethod', scope, { filters, cursor: null, limit: MOST })) ?? {};
  const rows = await loadRows(sql, 'paymentMethod', scope, keys);
  return keys.map((key) => rows.get('paymentMethod', key)).filter(({ type }) => types.includes(type));
}

export async function savedOf(sql: Sql, session: CheckoutSession): Promise<CheckoutModel['saved']> {
  const { payment_method_remove: remove, payment_method_save: save } = session.settings.saved_payment_method_options ?? {};
  const cards = (await savedCards(sql, session)).map((method) => ({ id: method.id, ...shownMethod(method) }));
  return { cards, isRemovable: remove === 'enabled', isSavable: save === 'enabled' };
}

/** @throws BillingError parameter_invalid for a card that the page does not offer */
export async function offeredCard(sql: Sql, session: CheckoutSession, id: string): Promise<PaymentMethod> {
  const card = (await savedCards(sql, session)).find((each) => each.id === id);
  if (card) return card;
  throw new BillingError('parameter_invalid', 'This card is not offered.', { param: 'card' });
}

/** @throws BillingError parameter_invalid unless the seller lets buyers remove their cards */
export async function removeCard(request: ApiRequest<unknown>, session: CheckoutSession, id: string): Promise<void> {
  const { sql } = request.deps;
  const { customer } = await offeredCard(sql, session, id);
  if (customer === null || session.settings.saved_payment_method_options?.payment_method_remove !== 'enabled') {
    throw new BillingError('parameter_invalid', 'This card cannot be removed here.', { param: 'card' });
  }
  await detachFrom(request, customer, id);
}

/** The name of a card or an account, of which nobody needs to see more; `expiry` is `MM/YY`. */
export function shownMethod({ bankAccount, card, type }: PaymentMethod): Omit<SavedCard, 'id'> {
  if (card === null) return { brand: nameOf(type), last4: bankAccount?.last4 ?? '', expiry: null, wallet: null };
  const expiry = `${String(card.exp_month).padStart(2, '0')}/${String(card.exp_year % 100).padStart(2, '0')}`;
  return { brand: card.brand, last4: card.last4, expiry, wallet: card.wallet === undefined ? null : WALLET_NAMES[card.wallet.type] };
}

function nameOf(type: MethodType): string {
  if (type === 'link') return WALLET_NAMES.link;
  return isDebit(type) ? DEBIT_NAMES[type] : '';
}
