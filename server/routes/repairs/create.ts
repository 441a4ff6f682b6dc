import { insertRepair } from '../../../db/repairs';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { WAYS_TO_GIVE_BACK, type Correction, type RepairSelection } from '../../../domain/rows/repair';
import { isOfferedIn } from '../../../domain/rows/price';
import { repair } from '../../../objects/shapes/repair';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { currency, id, name, object, oneOf, parameters, range, text, unitAmountDecimal } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { goOn, tellingOf } from './show';

const schema = parameters({
  correction: object({
    price: id().optional(),
    tax: oneOf(['recalculate']).optional(),
    tax_exempt: oneOf(['exempt', 'reverse']).optional(),
    tax_rate: id().optional(),
    unit_amount_decimal: unitAmountDecimal().optional(),
  }),
  description: text({ max: 500 }).optional(),
  give_back: oneOf(WAYS_TO_GIVE_BACK),
  select: object({
    country: name({ max: 2 })
      .regex(/^[A-Z]{2}$/, 'Invalid country: must be two capital letters')
      .optional(),
    created: range().optional(),
    currency: currency().optional(),
    customer: id().optional(),
    price: id().optional(),
    product: id().optional(),
    tax_rate: id().optional(),
  }),
});
type Sent = (typeof schema)['_output'];

/**
 * Prepares the correction of final invoices. Nothing is corrected before a person has approved it. It answers at once; each invoice is looked at
 * in the background, and the repair then is a `draft`.
 *
 * @throws BillingError parameter_missing, parameter_invalid (also if no invoice is selected), parameters_exclusive, resource_missing,
 * too_many_items
 */
export const createRepair = operation({
  method: 'post',
  path: '/v1/repairs',
  summary: 'Create a repair',
  tag: 'Repairs',
  own: true,
  parameters: schema,
  answer: repair,
  async handle(request) {
    const { parameters: sent, deps, scope } = request;
    const terms = { selection: selectionOf(sent), correction: correctionOf(sent), giveBack: sent.give_back };
    await checkTerms(request, terms);
    const made = {
      ...{ ...terms, id: request.newId('repair'), max: LIMITS.repairInvoices.max },
      ...{ description: sent.description ?? null, createdBy: request.keyId },
    };
    const told = await insertRepair(deps.sql, scope, made, tellingOf(request));
    if (told === 0) throw new ParameterError('parameter_invalid', 'No open or paid invoice is selected.', 'select');
    if (typeof told === 'number') {
      const message = `${String(told)} invoices are selected; a repair has at most ${String(LIMITS.repairInvoices.max)}.`;
      throw new BillingError('too_many_items', message, { param: 'select' });
    }
    return goOn(request, told);
  },
});

function selectionOf({ select }: Sent): RepairSelection {
  const { country = null, created, currency: code = null, customer = null, price = null, product = null, tax_rate = null } = select;
  const range = typeof created === 'number' ? { gte: created, lte: created } : (created ?? null);
  return { country, created: range, currency: code, customer, price, product, tax_rate };
}

/** Exactly one. */
function correctionOf({ correction, select }: Sent): Correction {
  const [first, second] = Object.entries(correction).filter(([, value]) => value !== undefined);
  if (!first) throw new ParameterError('parameter_missing', `Missing required param: ${WAYS}.`, 'correction');
  if (second) {
    const message = `You may only specify one of these parameters: ${WAYS}.`;
    throw new ParameterError('parameters_exclusive', message, `correction[${second[0]}]`);
  }
  requireSelected(select, first[0]);
  const { price = null, tax, tax_exempt = null, tax_rate = null, unit_amount_decimal = null } = correction;
  return { price, recalculate_tax: tax === 'recalculate', tax_exempt, tax_rate, unit_amount_decimal };
}

const WAYS = 'correction[price], correction[tax], correction[tax_exempt], correction[tax_rate] or correction[unit_amount_decimal]';

/** What is replaced must be selected. */
function requireSelected(select: Sent['select'], way: string): void {
  const needs = { price: 'price', unit_amount_decimal: 'price', tax_rate: 'tax_rate' } as const;
  const need = way in needs ? needs[way as keyof typeof needs] : null;
  if (need === null || select[need] !== undefined) return;
  throw new ParameterError(
    'parameter_missing',
    `Missing required param: select[${need}], which correction[${way}] replaces.`,
    `select[${need}]`,
  );
}

/** All that is named exists, and the prices can take each other's place. */
async function checkTerms(
  request: ApiRequest<Sent>,
  { selection, correction }: { selection: RepairSelection; correction: Correction },
): Promise<void> {
  if (selection.customer !== null) await request.find('customer', selection.customer, 'select[customer]');
  if (selection.product !== null) await request.find('product', selection.product, 'select[product]');
  if (selection.tax_rate !== null) await request.find('taxRate', selection.tax_rate, 'select[tax_rate]');
  if (correction.tax_rate !== null) await request.find('taxRate', correction.tax_rate, 'correction[tax_rate]');
  if (selection.price !== null) await checkPrices(request, { selection, correction }, selection.price);
}

async function checkPrices(
  request: ApiRequest<Sent>,
  { selection, correction }: { selection: RepairSelection; correction: Correction },
  price: string,
): Promise<void> {
  const wrong = await request.find('price', price, 'select[price]');
  selection.currency ??= wrong.currency;
  if (correction.unit_amount_decimal !== null && wrong.billingScheme === 'tiered') {
    throw new ParameterError(
      'parameter_invalid',
      'A price with tiers has no unit amount. Name another price.',
      'correction[unit_amount_decimal]',
    );
  }
  if (correction.price === null) return;
  const right = await request.find('price', correction.price, 'correction[price]');
  if (right.product !== wrong.product)
    throw new ParameterError('parameter_invalid', 'Invalid price: it must be of the same product.', 'correction[price]');
  if (isOfferedIn(right, selection.currency)) return;
  throw new ParameterError('parameter_invalid', `Invalid price: it is not offered in ${selection.currency}.`, 'correction[price]');
}
