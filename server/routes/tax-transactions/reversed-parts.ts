import { LIMITS } from '../../../domain/core/limits';
import type { ReversalRequest } from '../../../domain/tax/reversals';
import type { z } from 'zod';
import { onlyOne } from '../../http/exclusive';
import { ParameterError } from '../../http/parameter-error';
import { array, id, integer, metadata, name, object, quantity } from '../../http/parameters';

const below = (max: number) => integer({ min: -LIMITS.lineAmount.max, max });

const line = object({
  amount: below(0),
  amount_tax: below(0),
  metadata: metadata().optional(),
  original_line_item: id(),
  quantity: quantity({ min: 1 }).optional(),
  reference: name({ max: 500 }),
});

/** The parameters that say what of a transaction is reversed. */
export const reversedParts = {
  flat_amount: below(-1).optional(),
  line_items: array(line, { max: 100 }).optional(),
  shipping_cost: object({ amount: below(0), amount_tax: below(0) }).optional(),
};

type Given = z.output<z.ZodObject<typeof reversedParts>>;

/** @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive */
export function partOf(mode: 'full' | 'partial', given: Given): ReversalRequest['part'] {
  const { flat_amount: flatAmount, line_items: lines, shipping_cost: shipping } = given;
  onlyOne(given, ['flat_amount', 'line_items']);
  onlyOne(given, ['flat_amount', 'shipping_cost']);
  if (mode === 'full') {
    const name = (['flat_amount', 'line_items', 'shipping_cost'] as const).find((each) => given[each] !== undefined);
    if (name !== undefined) throw new ParameterError('parameter_invalid', `\`${name}\` is for mode \`partial\` only.`, name);
    return null;
  }
  if (flatAmount !== undefined) return { flatAmount };
  if (!lines && !shipping) throw new ParameterError('parameter_missing', 'Missing required param: line_items.', 'line_items');
  return {
    lines: (lines ?? []).map(
      ({ original_line_item: originalLine, amount_tax: amountTax, amount, reference, quantity: units, metadata: own }) => ({
        ...{ originalLine, amount, amountTax, reference, quantity: units, metadata: own },
      }),
    ),
    shippingCost: shipping ? { amount: shipping.amount, amountTax: shipping.amount_tax } : null,
  };
}
