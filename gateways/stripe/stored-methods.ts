/** Cards that the seller's app has stored at Stripe with its publishable key. A stored card is charged again only for a customer of Stripe's. */
import Stripe from 'stripe';
import { WALLET_TYPES, type BillingDetails, type Card } from '../../domain/rows/payment-method';
import { NO_ADDRESS } from '../../domain/rows/resource';
import type { StoredMethodAnswer } from '../../domain/rows/stored-method';
import type { KeepRequest, Seller } from '../payment-gateway';
import { nameOfStored, refused } from '../remote-processor';
import { checksOf } from './answers';
import { asking, isRefused } from './asking';

/** Attaches the card to its customer at Stripe, for which the bank verifies it, unless it is attached already. */
export async function keep(stripe: Stripe, seller: Seller, request: KeepRequest): Promise<StoredMethodAnswer> {
  try {
    const found = await asking(() => stripe.paymentMethods.retrieve(request.method));
    if (found.type !== 'card') return refused('payment_method', `${found.id} is no card, but ${found.type}.`);
    const owner = ownerOf(found);
    if (owner === null) return stored(await attach(stripe, seller, found, request.customer));
    if (request.customer === null || owner === request.customer) return stored(found);
    return refused('customer', `${found.id} is attached to another customer.`);
  } catch (error) {
    return refusalBy(error);
  }
}

async function attach(stripe: Stripe, seller: Seller, found: Stripe.PaymentMethod, named: string | null): Promise<Stripe.PaymentMethod> {
  const customer = named ?? (await newCustomer(stripe, seller, found));
  return asking(() => stripe.paymentMethods.attach(found.id, { customer }));
}

const ownerOf = ({ customer }: Stripe.PaymentMethod): string | null => (typeof customer === 'object' ? (customer?.id ?? null) : customer);

function stored(method: Stripe.PaymentMethod): StoredMethodAnswer {
  const { id, card, billing_details } = method;
  if (!card) throw new Error(`Stripe shows no card of ${id}`);
  return {
    ...{ outcome: 'stored', type: 'card' },
    ...{ gatewayReference: nameOfStored(String(ownerOf(method)), id), card: cardOf(card), billingDetails: detailsOf(billing_details) },
  };
}

/** A bank that declines the card, or a name that Stripe does not know. Any other error is thrown. */
function refusalBy(error: unknown): StoredMethodAnswer {
  if (error instanceof Stripe.errors.StripeCardError) return declined(error);
  if (isRefused(error)) return refused(error.param === 'customer' ? 'customer' : 'payment_method', error.message);
  throw error;
}

function declined({ code, decline_code, message }: Stripe.errors.StripeError): StoredMethodAnswer {
  return { outcome: 'declined', code: code ?? 'card_declined', declineCode: decline_code ?? null, message };
}

async function newCustomer(stripe: Stripe, { account }: Seller, { id, billing_details }: Stripe.PaymentMethod): Promise<string> {
  const { email, name } = billing_details;
  const parameters = { ...(email && { email }), ...(name && { name }), metadata: { dunlin_account: account } };
  const created = await asking(() => stripe.customers.create(parameters, { idempotencyKey: `${account}/${id}/customer` }));
  return created.id;
}

/** What Stripe says of a card, by the API or in an event. */
export interface ToldCard {
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  fingerprint?: string | null;
  funding: string;
  country: string | null;
  checks: Parameters<typeof checksOf>[0];
  three_d_secure_usage: { supported: boolean } | null;
  wallet?: { type: string; dynamic_last4?: string | null } | null;
}

export function cardOf(card: ToldCard): Card {
  return {
    ...{ brand: card.brand, last4: card.last4, exp_month: card.exp_month, exp_year: card.exp_year },
    fingerprint: card.fingerprint ?? '',
    funding: card.funding as Card['funding'],
    country: card.country ?? '',
    checks: checksOf(card.checks),
    three_d_secure_supported: card.three_d_secure_usage?.supported ?? false,
    ...walletOf(card),
  };
}

/** Absent for a wallet that Dunlin has no name for. */
function walletOf({ wallet }: Pick<ToldCard, 'wallet'>): Pick<Card, 'wallet'> {
  const type = WALLET_TYPES.find((each) => each === wallet?.type);
  return type === undefined ? {} : { wallet: { type, dynamic_last4: wallet?.dynamic_last4 ?? null } };
}

export function detailsOf({ address, email, name, phone }: Stripe.PaymentMethod.BillingDetails): BillingDetails {
  return { address: { ...NO_ADDRESS, ...address }, email, name, phone, tax_id: null };
}
