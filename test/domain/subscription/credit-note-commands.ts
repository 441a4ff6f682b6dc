import fc from 'fast-check';
import { leftToCredit } from '../../../domain/invoice/credited';
import type { Invoice } from '../../../domain/rows/invoice';
import type { World } from './world';

type Command = (world: World) => void;

const ways = ['credit_amount', 'refund_amount', 'out_of_band_amount'] as const;
type Way = (typeof ways)[number];

/** Final invoices, drafts too: what cannot be credited is refused and changes nothing. */
function pick(world: World, which: number): Invoice | undefined {
  const invoices = world.invoices().filter(({ hidden }) => !hidden);
  return invoices[which % Math.max(1, invoices.length)];
}

const givenBack = (invoice: Invoice, amount: number, way: Way): Record<string, number> =>
  amount > invoice.amountRemaining ? { [way]: amount - invoice.amountRemaining } : {};

const byAmount =
  (which: number, percent: number, way: Way): Command =>
  (world) => {
    const invoice = pick(world, which);
    if (!invoice) return;
    const amount = Math.max(1, Math.ceil((leftToCredit(world.rows, invoice).total * percent) / 100));
    world.onInvoice(invoice.id, 'createCreditNote', { invoice: invoice.id, amount, ...givenBack(invoice, amount, way) });
  };

/** Without the sum that it comes to, a line of a paid invoice is refused; of an open one, it mostly is not. */
const byLine =
  (which: number, percent: number, way: Way): Command =>
  (world) => {
    const invoice = pick(world, which);
    const line = invoice && world.lines(invoice.id).find(({ amount }) => amount > 0);
    if (!invoice || !line) return;
    const amount = Math.ceil((line.amount * percent) / 100);
    const lines = [{ type: 'invoice_line_item', invoice_line_item: line.id, amount }];
    world.onInvoice(invoice.id, 'createCreditNote', { invoice: invoice.id, lines, ...givenBack(invoice, amount, way) });
  };

const custom =
  (which: number, percent: number, way: Way): Command =>
  (world) => {
    const invoice = pick(world, which);
    if (!invoice) return;
    const amount = Math.max(1, Math.ceil((invoice.totalExcludingTax * percent) / 100));
    const lines = [{ type: 'custom_line_item', description: 'Sorry', unit_amount: amount, quantity: 1 }];
    world.onInvoice(invoice.id, 'createCreditNote', { invoice: invoice.id, lines, ...givenBack(invoice, amount, way) });
  };

const voidOne =
  (which: number): Command =>
  (world) => {
    const notes = world.rows.all('creditNote');
    const note = notes[which % Math.max(1, notes.length)];
    if (note) world.onInvoice(note.invoice, 'voidCreditNote', { path: { credit_note: note.id } });
  };

const refund =
  (which: number, percent: number, isReturned: boolean): Command =>
  (world) => {
    const charges = world.rows.where('charge', ({ status, captured }) => status === 'succeeded' && captured);
    const charge = charges[which % Math.max(1, charges.length)];
    if (charge) world.refund(charge.id, Math.max(1, Math.ceil((charge.amountCaptured * percent) / 100)), isReturned);
  };

/** A note for a refund that was made without one. */
const link =
  (which: number): Command =>
  (world) => {
    const refunds = world.rows.all('refund');
    const found = refunds[which % Math.max(1, refunds.length)];
    const invoice = world.rows.find('charge', found?.charge ?? null)?.invoice;
    if (!found || !invoice) return;
    world.onInvoice(invoice, 'createCreditNote', { invoice, amount: found.amount, refunds: [{ refund: found.id }] });
  };

const asks = fc.record({
  how: fc.constantFrom(byAmount, byAmount, byLine, custom),
  which: fc.nat({ max: 7 }),
  percent: fc.constantFrom(1, 33, 50, 100),
  way: fc.constantFrom(...ways),
});

export const creditNoteCommands: fc.Arbitrary<[string, Command]> = fc.oneof(
  {
    weight: 4,
    arbitrary: asks.map(({ how, which, percent, way }): [string, Command] => [
      `credit ${how.name} ${String(percent)}% of ${String(which)} by ${way}`,
      how(which, percent, way),
    ]),
  },
  { weight: 1, arbitrary: fc.nat({ max: 7 }).map((which): [string, Command] => [`void note ${String(which)}`, voidOne(which)]) },
  { weight: 1, arbitrary: fc.nat({ max: 7 }).map((which): [string, Command] => [`credit refund ${String(which)}`, link(which)]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat({ max: 7 }), fc.constantFrom(1, 33, 50, 100), fc.boolean())
      .map(([which, percent, isReturned]): [string, Command] => [
        `refund ${String(percent)}% of ${String(which)}${isReturned ? ', which the bank returns' : ''}`,
        refund(which, percent, isReturned),
      ]),
  },
);
