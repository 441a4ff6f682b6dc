import fc from 'fast-check';
import { ChangeSet } from '../../../domain/core/change-set';
import { Rows } from '../../../domain/rows/rows';
import type { TaxTransaction, TaxTransactionLine, TaxTransactionShipping } from '../../../domain/rows/tax-transaction';
import { reverseTransaction } from '../../../domain/tax/reversals';
import { taxTransaction } from '../../objects/rows';
import { sum } from '../builders';
import { NOW } from './world';

type Amounts = Pick<TaxTransactionShipping, 'amount' | 'amount_tax' | 'tax_behavior'>;

/** Net amounts, the tax on them, and whether the amounts contain it. */
const amounts = fc
  .record({ net: fc.integer({ min: 0, max: 100_000 }), rate: fc.constantFrom(0, 7, 19, 25.5), isInside: fc.boolean() })
  .map(({ net, rate, isInside }): Amounts => {
    const tax = Math.round((net * rate) / 100);
    return { amount: isInside ? net + tax : net, amount_tax: tax, tax_behavior: isInside ? 'inclusive' : 'exclusive' };
  });

const gross = ({ amount, amount_tax: tax, tax_behavior: behavior }: Amounts): number => (behavior === 'inclusive' ? amount : amount + tax);
const partsOf = ({ lines, shippingCost }: TaxTransaction): Amounts[] => [...lines, ...(shippingCost ? [shippingCost] : [])];

function sale(lines: Amounts[], shipping: Amounts | null): TaxTransaction {
  const [sample] = taxTransaction().lines;
  const all = lines.map((line, index) => ({
    ...(sample as TaxTransactionLine),
    ...line,
    id: `line_${String(index)}`,
    original_line_item: null,
  }));
  const shippingCost = shipping && { ...shipping, tax_code: 'txcd_92010001' };
  return taxTransaction({ id: 'sale', type: 'transaction', original: null, calculation: 'taxcalc_1', lines: all, shippingCost });
}

/** Reverses these amounts, with their tax, one after the other. */
function reverseBy(original: TaxTransaction, flats: number[]): TaxTransaction[] {
  const rows = new Rows({ taxTransaction: [original] });
  return flats.map((flat, index) => {
    const changes = new ChangeSet(rows, {
      ...{
        account: 'acct_1',
        livemode: false,
        workflow: 'w',
        commitKey: 'c',
        now: NOW,
        request: null,
        secretFor: String,
        sign: () => 'signed',
      },
      newId: (prefix, ordinal) => `${prefix}_${String(index)}_${String(ordinal)}`,
      render: () => ({}),
    });
    const reversal = reverseTransaction(changes, original, {
      ...{ reference: `part-${String(index)}`, metadata: undefined, part: { flatAmount: 0 - flat } },
    });
    rows.put('taxTransaction', reversal);
    return reversal;
  });
}

test('a third of 1190 with 190 tax, three times, is 63, 64 and 63 of tax', () => {
  const original = sale([{ amount: 1000, amount_tax: 190, tax_behavior: 'exclusive' }], null);
  const parts = reverseBy(original, [397, 397, 396]);
  expect(parts.map(({ lines }) => lines.map((line) => [line.amount, line.amount_tax]))).toEqual([
    [[-334, -63]],
    [[-333, -64]],
    [[-333, -63]],
  ]);
});

test('parts that reverse everything sum to the whole, each is what was asked, and nothing is ever given back or passes what is left', () => {
  fc.assert(
    fc.property(
      fc.array(amounts, { minLength: 1, maxLength: 6 }),
      fc.option(amounts),
      fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 8 }),
      (lines, shipping, wanted) => {
        const original = sale(lines, shipping);
        let left = sum(partsOf(original).map(gross));
        const flats = [...wanted, Number.MAX_SAFE_INTEGER].flatMap((want) => {
          const flat = Math.min(want, left);
          left -= flat;
          return flat > 0 ? [flat] : [];
        });
        const reversals = reverseBy(original, flats);
        expect(reversals.map((reversal) => 0 - sum(partsOf(reversal).map(gross)))).toEqual(flats);
        for (const [index, part] of partsOf(original).entries()) {
          const taken = reversals.map((reversal) => partsOf(reversal)[index] as Amounts);
          if (taken.length > 0) {
            expect(0 - sum(taken.map(({ amount }) => amount))).toBe(part.amount);
            expect(0 - sum(taken.map(({ amount_tax: tax }) => tax))).toBe(part.amount_tax);
          }
          for (const each of taken) {
            expect(each.amount).toBeLessThanOrEqual(0);
            expect(each.amount_tax).toBeLessThanOrEqual(0);
          }
        }
      },
    ),
  );
});
