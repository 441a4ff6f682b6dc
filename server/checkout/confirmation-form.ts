/** What a buyer confirms by the form of the checkout page. */
import type { Answers } from '../../domain/checkout/answers';
import type { Confirmation } from '../../domain/checkout/attempt';
import type { MandateParameters } from '../../domain/customer/mandates';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { paysOnce, type PaymentMethod } from '../../domain/rows/payment-method';
import type { ApiRequest } from '../http/request';
import type { Offered } from './confirm';
import { enteredMethod, walletIn } from './entered-method';
import { attemptOf, detailsOf, FIELD, shownAmount, type Entries } from './form';
import { offeredCard } from './saved-cards';
import { walletsOfSession } from './wallets';

/** @param mandate what the buyer agrees to if a bank account pays */
export async function confirmationOf(
  request: ApiRequest<unknown>,
  session: CheckoutSession,
  { entries, mandate, ip }: { entries: Entries; mandate: MandateParameters; ip: string },
): Promise<Offered> {
  return {
    method: await methodOf(request, session, entries),
    mandate,
    details: detailsOf(entries),
    answers: answersOf(entries),
    consents: { withdrawal: entries['withdrawal_consent'] === 'yes', renewal: entries['renewal_consent'] === 'yes' },
    expectedAmount: shownAmount(entries),
    attempt: attemptOf(entries),
    ip,
  };
}

function answersOf(entries: Entries): Answers {
  const fields = Object.entries(entries).filter(([name]) => name.startsWith(FIELD));
  return {
    fields: Object.fromEntries(fields.map(([name, value]) => [name.slice(FIELD.length), value])),
    phone: entries['phone'] ?? '',
    businessName: entries['business_name'] ?? '',
    individualName: entries['individual_name'] ?? '',
    acceptsTerms: entries['terms_of_service'] === 'yes',
    wantsPromotions: entries['promotions'] === 'yes',
  };
}

async function methodOf(request: ApiRequest<unknown>, session: CheckoutSession, entries: Entries): Promise<Confirmation['method']> {
  const { saved_card: saved = 'new' } = entries;
  const isFromWallet = walletIn(entries) !== undefined;
  if (saved !== 'new' && !isFromWallet) return { existing: (await offeredCard(request.deps.sql, session, saved)).id };
  if (!isFromWallet && asksNothing(entries)) return null;
  const { email = null, name = null } = session.customerDetails ?? {};
  const offered = session.settings.payment_method_types;
  const wallets = () => walletsOfSession(request.deps.sql, session);
  const made = await enteredMethod(request, { entries, offered, wallets, payer: { email, name } });
  return { made: { ...made, allowRedisplay: paysOnce(made.type) ? 'unspecified' : redisplayOf(session, entries) } };
}

/** A page that needs no payment has no fields for one. */
const asksNothing = ({ number, method }: Entries): boolean => number === undefined && method === undefined;

/** Stripe's values: what the buyer wants to be shown again, and what is saved for this purchase alone. */
function redisplayOf({ mode, settings }: CheckoutSession, entries: Entries): PaymentMethod['allowRedisplay'] {
  const isKept = settings.saved_payment_method_options?.payment_method_save === 'enabled' && entries['save_card'] === 'yes';
  if (isKept) return 'always';
  return mode === 'payment' ? 'unspecified' : 'limited';
}
