/** Edits of a draft's lines. No workflow waits for them, so each is one commit of the server, under the customer's lock. */
import type { TransactionSql } from '../../../db/connect';
import { itemsBehindLines } from '../../../db/invoice-lines';
import type { Invoice } from '../../../domain/rows/invoice';
import type { LineParameters } from '../../../domain/invoice/parameters';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { Rows } from '../../../domain/rows/rows';
import { findInvoice } from '../../writes/entities';
import { namedBy } from '../../writes/named-rows';
import { loadWithNamed } from '../../../db/named-facts';
import { checkDiscounts } from '../../schemas/pricing';
import * as references from '../../writes/references';
import { checkReferences, type Reference } from '../../writes/references';
import type { ApiRequest } from '../../http/request';
import type { ObjectReply } from '../../http/operation';

/** Plans on the invoice in the path, with all rows that its lines will reference. */
export async function changeLines<P>(
  request: ApiRequest<P>,
  step: string,
  lines: readonly LineParameters[],
  plan: (changes: ChangeSet, invoice: string) => void,
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

/** Rows that lines reference must exist. `nested` gives the parameter name of a line's field. */
export async function checkLines<P>(
  request: ApiRequest<P>,
  lines: readonly LineParameters[],
  nested: (index: number, field: string) => string,
): Promise<void> {
  lines.forEach((line, index) => {
    checkDiscounts(line.discounts, nested(index, 'discounts'));
  });
  await checkReferences(
    request,
    lines.flatMap((line, index) => referencesOfLine(line, (field) => nested(index, field))),
  );
}

/** `lines[0][amount]`, if several lines change at once. */
export const inList = (index: number, field: string): string => {
  const [first = '', ...rest] = field.split('[');
  return `lines[${String(index)}][${first}]${rest.map((part) => `[${part}`).join('')}`;
};

function referencesOfLine(line: LineParameters, name: (field: string) => string): Reference[] {
  const { invoice_item: item, pricing, price_data: data } = line;
  return [
    ...(item === undefined ? [] : [{ kind: 'invoiceItem' as const, id: item, param: name('invoice_item') }]),
    ...(pricing?.price === undefined ? [] : [references.oneTimePrice(pricing.price, name('pricing[price]'))]),
    ...(data?.product === undefined ? [] : [{ kind: 'product' as const, id: data.product, param: name('price_data[product]') }]),
    ...references.taxRates(line.tax_rates, name('tax_rates')),
    ...references.discounts(line.discounts, name('discounts')),
  ];
}

async function loadDraft<P>(
  tx: TransactionSql,
  { scope }: ApiRequest<P>,
  invoice: Invoice,
  lines: readonly LineParameters[],
): Promise<Rows> {
  const { id, customer } = invoice;
  const naming = lines.map((line) => ({ ...line, price: line.pricing?.price, product: line.price_data?.product }));
  const invoiceItem = await itemsBehindLines(tx, id);
  return loadWithNamed(tx, scope, { customer, invoice: id, named: { ...namedBy(naming), invoiceItem } });
}
