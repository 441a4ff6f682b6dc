/** The card or bank account that a form has, as a payment method. */
import type { NewPaymentMethod } from '../../domain/customer/payment-methods';
import { BillingError } from '../../domain/core/errors';
import { isDebit, isRedirect, METHOD_TYPES, type DebitType, type MethodType } from '../../domain/rows/payment-method';
import type { ApiRequest } from '../http/request';
import { newMethodOf, type MethodParameters } from '../sandbox/new-method';
import { cardFields, detailsOf, type Entries } from './form';

/** Who pays, where the form does not ask. */
export type Payer = Partial<Record<'email' | 'name', string | null>>;

/** @throws BillingError parameter_invalid for a type that the page does not offer; as `newMethodOf` does */
export async function enteredMethod(
  request: ApiRequest<unknown>,
  { entries, offered, payer }: { entries: Entries; offered: readonly string[]; payer: Payer },
): Promise<NewPaymentMethod> {
  if (!offered.includes(typeIn(entries))) {
    throw new BillingError('parameter_invalid', 'This way to pay is not offered.', { param: 'payment_method' });
  }
  return newMethodOf(request, methodParametersOf(entries, payer));
}

/** The type that the payer has chosen; without a choice, a card. */
function typeIn({ method = 'card' }: Entries): MethodType {
  return METHOD_TYPES.find((type) => type === method) ?? 'card';
}

/** As the API's parameters of a new payment method. */
export function methodParametersOf(entries: Entries, payer: Payer): MethodParameters {
  const type = typeIn(entries);
  const { address, email = payer.email ?? null, name = payer.name ?? null } = detailsOf(entries);
  const billing = { ...(address ? { address } : {}), email, name };
  if (isRedirect(type)) return { type, billing_details: billing };
  if (type === 'card') return { type, card: cardFields(entries), billing_details: billing };
  const named = { ...billing, name: entries[`${type}_holder`] || name };
  return { type, ...(isDebit(type) ? { [type]: accountIn(entries, type) } : taxIdIn(entries, type)), billing_details: named };
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
