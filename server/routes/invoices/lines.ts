/** Edits of a draft's lines: no workflow waits for them, so each is one commit of the server's, under the customer's lock. */
import { loadFacts, loadReferenced } from '../../../db/facts';
import type { TransactionSql } from '../../../db/connect';
import { itemsBehindLines } from '../../../db/invoice-lines';
import { rowsFromJson } from '../../../db/json-rows';
import { couponKey } from '../../../db/lookup';
import type { Invoice } from '../../../domain/invoice';
import type { LineParameters } from '../../../domain/invoice-parameters';
import type { Plan } from '../../../domain/plan';
import type { RowKind, Rows } from '../../../domain/rows';
import { findInvoice } from '../../entities';
import { checkDiscounts } from '../subscriptions/pricing';
import * as references from '../../references';
import { checkReferences, type Reference } from '../../references';
import type { ApiRequest } from '../../request';
import type { ObjectReply } from '../../operation';

/** Plans on the invoice that the path names, with all that its lines will name. */
export async function changeLines<P>(
  request: ApiRequest<P>,
  step: string,
  lines: readonly LineParameters[],
  plan: (plan: Plan, invoice: string) => void,
): Promise<ObjectReply> {
  const invoice = await findInvoice(request);
  await request.change({
    step,
    customer: invoice.customer,
    subject: invoice.id,
    load: (tx) => loadDraft(tx, request, invoice, lines),
    plan: (changing) => {
      plan(changing, invoice.id);
    },
  });
  return { kind: 'invoice', key: invoice.id };
}

/** What lines name must be there. `nested` gives the parameter's name of a line's field. */
export async function checkLines<P>(request: ApiRequest<P>, lines: readonly LineParameters[], nested: (index: number, field: string) => string): Promise<void> {
  lines.forEach((line, index) => {
    checkDiscounts(line.discounts, nested(index, 'discounts'));
  });
  await checkReferences(request, lines.flatMap((line, index) => referencesOfLine(line, (field) => nested(index, field))));
}

/** `lines[0][amount]`, where several are changed at once. */
export const inList = (index: number, field: string): string => {
  const [first = '', ...rest] = field.split('[');
  return `lines[${String(index)}][${first}]${rest.map((part) => `[${part}`).join('')}`;
};

function referencesOfLine(line: LineParameters, name: (field: string) => string): Reference[] {
  const { invoice_item: item, pricing, price_data: data } = line;
  return [
    ...(item === undefined ? [] : [{ kind: 'invoiceItem' as const, id: item, param: name('invoice_item') }]),
    ...(pricing?.price === undefined ? [] : [references.oneTimePrice(pricing.price, name('pricing[price]'))]),
    ...(data ? [{ kind: 'product' as const, id: data.product, param: name('price_data[product]') }] : []),
    ...references.taxRates(line.tax_rates, name('tax_rates')),
    ...references.discounts(line.discounts, name('discounts')),
  ];
}

async function loadDraft<P>(tx: TransactionSql, request: ApiRequest<P>, invoice: Invoice, lines: readonly LineParameters[]): Promise<Rows> {
  const { scope } = request;
  const { account } = scope;
  const [facts, behind] = await Promise.all([
    loadFacts(tx, { account, customer: invoice.customer, invoice: invoice.id }),
    itemsBehindLines(tx, invoice.id),
  ]);
  const named = rowsFromJson(await loadReferenced(tx, scope, { ...namedBy(lines, request), invoiceItem: behind }));
  const products = named.all('price').map((price) => price.product);
  const more = rowsFromJson(await loadReferenced(tx, scope, { product: [...new Set(products)] }));
  for (const kind of KINDS) for (const row of [...named.all(kind), ...more.all(kind)]) facts.put(kind, row);
  return facts;
}

const KINDS = ['coupon', 'discount', 'invoiceItem', 'price', 'product', 'taxRate'] as const;

function namedBy<P>(lines: readonly LineParameters[], { scope }: ApiRequest<P>): Partial<Record<RowKind, string[]>> {
  const discounts = lines.flatMap((line) => line.discounts ?? []);
  return {
    coupon: discounts.flatMap(({ coupon }) => (coupon === undefined ? [] : [couponKey(scope, coupon)])),
    discount: discounts.flatMap(({ discount }) => (discount === undefined ? [] : [discount])),
    price: lines.flatMap(({ pricing }) => (pricing?.price === undefined ? [] : [pricing.price])),
    product: lines.flatMap(({ price_data: data }) => (data ? [data.product] : [])),
    taxRate: lines.flatMap((line) => line.tax_rates ?? []),
  };
}
