/**
 * Customers of another billing system, with their tax ids, their balance and the payment methods that stay at the processor. The source goes on to
 * bill them until they are cut over.
 */
import type { ChangeSet } from '../core/change-set';
import { adjustBalance, createCustomer, updateCustomer, type CustomerChange } from '../customer/changes';
import { balanceIn } from '../customer/balance';
import { attachPaymentMethod, newPaymentMethod } from '../customer/payment-methods';
import { createTaxId } from '../customer/tax-ids';
import type { Problem } from '../rows/import';
import { isBilledHere } from '../rows/customer';
import { TAX_ID_TYPES, type TaxIdType } from '../rows/tax-id';
import { changedOr } from './catalog';
import { namedByDiscounts, putDiscounts } from './coupons';
import { namedByGrants, putGrants } from './credits';
import type { SourceCustomer, SourceMethod } from './source-objects';
import { idOrNull } from './source-parts';
import type { NotTaken, Taking } from './taking';

/** @param testClock the test clock on which the customer lives; null: real time */
export function takeCustomer(source: SourceCustomer, testClock: string | null): NotTaken | Taking {
  const { id, created } = source;
  if (source.deleted) return { outcome: 'skipped', problems: [{ field: 'deleted', reason: 'It is deleted.' }] };
  const methods = source.methods.filter(({ card }) => card !== null);
  const taxIds = taxIdsOf(source);
  return {
    customer: id,
    named: {
      paymentMethod: methods.map((method) => method.id),
      ...namedByGrants(source.grants),
      ...namedByDiscounts(source.discount ? [source.discount] : []),
    },
    keeps: {
      cus: [{ id, created }],
      txi: taxIds.map((taxId) => ({ id: taxId.id, created: taxId.created })),
    },
    problems: leftOut(source),
    plan: (changes) => {
      const known = changes.rows.find('customer', id);
      if (known && !isBilledHere(known)) return refresh(changes, source, methods);
      // Once Dunlin bills a customer, the source does not decide about them any more.
      if (known) return 'unchanged';
      createCustomer(changes, { ...detailsOf(source, methods), billedBy: 'source' }, testClock);
      for (const taxId of taxIds) createTaxId(changes, id, taxId, 'tax_ids');
      putMethods(changes, source, methods);
      putMoney(changes, source, 'initial');
      return 'taken';
    },
  };
}

function refresh(changes: ChangeSet, source: SourceCustomer, methods: SourceMethod[]): 'changed' | 'unchanged' {
  putMethods(changes, source, methods);
  updateCustomer(changes, source.id, detailsOf(source, methods));
  putMoney(changes, source, 'adjustment');
  return changedOr(changes);
}

function detailsOf(source: SourceCustomer, methods: SourceMethod[]): CustomerChange {
  const wanted = defaultOf(source);
  const { description, email, metadata, invoice_settings: settings } = source;
  return {
    ...{ description, email, metadata, name: source.name ?? null, phone: source.phone ?? null },
    ...{ address: source.address ?? null, shipping: source.shipping ?? null, preferredLocales: source.preferred_locales ?? [] },
    taxExempt: source.tax_exempt ?? 'none',
    invoiceSettings: {
      custom_fields: settings.custom_fields,
      footer: settings.footer,
      default_payment_method: methods.some(({ id }) => id === wanted) ? wanted : null,
    },
  };
}

function putMethods(changes: ChangeSet, source: SourceCustomer, methods: SourceMethod[]): void {
  for (const { id, created, card, billingDetails, gatewayReference, metadata } of methods) {
    if (changes.rows.find('paymentMethod', id)) continue;
    const at = { gateway: 'stripe', gatewayReference, riskLevel: 'normal' as const };
    newPaymentMethod(changes, { ...at, type: 'card', card, bankAccount: null, billingDetails, metadata }, { id, created });
    // It was charged there without its holder.
    changes.patch('paymentMethod', id, { setUp: true });
    attachPaymentMethod(changes, id, source.id);
  }
}

/** What is charged if nothing else names a payment method. Where there is none, it is the default source. */
const defaultOf = ({ invoice_settings: settings, default_source }: SourceCustomer): string | null =>
  idOrNull(settings.default_payment_method) ?? idOrNull(default_source);

function putMoney(changes: ChangeSet, source: SourceCustomer, type: 'adjustment' | 'initial'): void {
  const { id } = source;
  const currency = source.currency ?? undefined;
  if (currency !== undefined && changes.rows.get('customer', id).currency === null) changes.patch('customer', id, { currency });
  for (const [of, balance] of balancesOf(changes, source)) {
    const amount = balance - balanceIn(changes.rows.get('customer', id), of);
    if (amount !== 0) adjustBalance(changes, id, { amount, type, currency: of, description: 'The balance in the other billing system.' });
  }
  putGrants(changes, id, source.grants);
  const [discount = null] = putDiscounts(changes, source.discount ? [source.discount] : [], { customer: id }, 'discount');
  changes.patch('customer', id, { discount });
}

/** By currency, below zero if it is credit. The source shows the other currencies above zero if they are. */
function balancesOf(
  changes: ChangeSet,
  { id, balance, currency, invoice_credit_balance: credit = {} }: SourceCustomer,
): Map<string, number> {
  const known = changes.rows.get('customer', id);
  const own = currency ?? known.currency ?? changes.rows.get('account', changes.context.account).defaultCurrency;
  const others = Object.entries(credit).map(([of, amount]) => [of, -amount] as const);
  const gone = Object.keys(known.otherBalances).map((of) => [of, 0] as const);
  return new Map([...gone, ...others, [own, balance]]);
}

type SourceTaxId = NonNullable<SourceCustomer['tax_ids']>['data'][number] & { type: TaxIdType };

const taxIdsOf = ({ tax_ids: taxIds }: SourceCustomer): SourceTaxId[] =>
  (taxIds?.data ?? []).filter((taxId): taxId is SourceTaxId => (TAX_ID_TYPES as readonly string[]).includes(taxId.type));

function leftOut(source: SourceCustomer): Problem[] {
  const wanted = defaultOf(source);
  const methods = source.methods.filter(({ card }) => card === null);
  const kept = source.methods.some(({ id, card }) => id === wanted && card !== null);
  const unknown = (source.tax_ids?.data ?? []).filter(({ type }) => !(TAX_ID_TYPES as readonly string[]).includes(type));
  return [
    ...methods.map(({ id, type }) => ({ field: `payment_methods.${id}`, reason: `Dunlin charges cards at Stripe, and no ${type}.` })),
    ...(wanted === null || kept
      ? []
      : [{ field: 'invoice_settings.default_payment_method', reason: `${wanted} is no card that is attached.` }]),
    ...unknown.map(({ id, type }) => ({ field: `tax_ids.${id}`, reason: `Dunlin does not know the type ${type}.` })),
  ];
}
