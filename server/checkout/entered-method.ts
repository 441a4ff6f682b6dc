/** The card or bank account that a form has, as a payment method. */
import type { NewPaymentMethod } from '../../domain/customer/payment-methods';
import { BillingError } from '../../domain/core/errors';
import { isDebit, isRedirect, METHOD_TYPES, type DebitType, type MethodType } from '../../domain/rows/payment-method';
import { CARD_WALLETS, type CardWallet } from '../../domain/payment/wallets';
import type { ApiRequest } from '../http/request';
import type { CardParameters } from '../sandbox/new-card';
import { newMethodOf, type MethodParameters } from '../sandbox/new-method';
import { cardFields, detailsOf, type Entries } from './form';

/** Who pays, where the form does not ask. */
export type Payer = Partial<Record<'email' | 'name', string | null>>;

/** @throws BillingError parameter_invalid for a type that the page does not offer; as `newMethodOf` does */
export async function enteredMethod(
  request: ApiRequest<unknown>,
  {
    entries,
    offered,
    wallets,
    payer,
  }: { entries: Entries; offered: readonly string[]; wallets: () => Promise<readonly CardWallet[]>; payer: Payer },
): Promise<NewPaymentMethod> {
  const wallet = walletIn(entries);
  if (!offered.includes(typeIn(entries)) || (wallet !== undefined && !(await wallets()).includes(wallet))) {
    throw new BillingError('parameter_invalid', 'This way to pay is not offered.', { param: 'payment_method' });
  }
  return newMethodOf(request, methodParametersOf(entries, payer));
}

/** The button that the payer has pressed, if it is one of a wallet. */
export const walletIn = ({ wallet }: Entries): CardWallet | undefined => CARD_WALLETS.find((each) => each === wallet);

/** The type that the payer has chosen; without a choice, a card. */
function typeIn(entries: Entries): MethodType {
  const { method = 'card' } = entries;
  if (walletIn(entries) !== undefined) return 'card';
  return METHOD_TYPES.find((type) => type === method) ?? 'card';
}

/** As the API's parameters of a new payment method. */
export function methodParametersOf(entries: Entries, payer: Payer): MethodParameters {
  const type = typeIn(entries);
  const billing = billingOf(entries, payer);
  if (isRedirect(type) || type === 'link') return { type, billing_details: billing };
  if (type === 'card') return { type, card: cardIn(entries), billing_details: billing };
  const named = { ...billing, name: entries[`${type}_holder`] || billing.name };
  return { type, ...(isDebit(type) ? { [type]: accountIn(entries, type) } : taxIdIn(entries, type)), billing_details: named };
}

function billingOf(entries: Entries, payer: Payer) {
  const { address, email = payer.email ?? null, name = payer.name ?? null } = detailsOf(entries);
  return { ...(address ? { address } : {}), email, name };
}

/** The sandbox's wallets have the card that was entered beside them, or else one that pays. */
function cardIn(entries: Entries): CardParameters {
  const wallet = walletIn(entries);
  if (wallet === undefined) return cardFields(entries);
  return { ...(entries['number'] ? cardFields(entries) : { token: 'tok_visa' }), wallet };
}

const taxIdIn = (entries: Entries, type: MethodType): Pick<MethodParameters, 'boleto'> =>
  type === 'boleto' ? { boleto: { tax_id: entries['boleto_tax_id'] } } : {};

const FIELDS = ['account_number', 'bsb_number', 'iban', 'institution_number', 'routing_number', 'sort_code', 'transit_number'] as const;

function accountIn(entries: Entries, type: DebitType): Record<string, string> {
  const given = FIELDS.flatMap((field) => {
    const entry = entries[`${type}_${field}`] ?? '';
    return entry === '' ? [] : [[field, entry] as const];
  });
  return Object.fromEntries(given);
}
