import fc from 'fast-check';
import type { InvoiceLineItem } from '../../../domain/rows/invoice';
import { ALL_RUNS, runs } from '../../support/runs';
import { at } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';
import * as sample from '../../objects/rows';

type Exempt = 'none' | 'exempt' | 'reverse';
interface Terms {
  rates: string[];
  exempt: Exempt;
}
type Mode = 'flexible' | 'classic';
const MODES: Mode[] = ['flexible', 'classic'];
const TERMS: Terms[] = (['none', 'exempt', 'reverse'] as const).flatMap((exempt) =>
  [[], ['txr_ex'], ['txr_in']].map((rates) => ({ rates, exempt })),
);

/** April at 1000 under `then`; in mid-April the rates and the exemption are those of `since`. */
function april(then: Terms, since: Terms, mode: Mode = 'flexible'): { world: World; id: string } {
  const world = new World(at('2026-04-01'));
  world.taxes();
  world.card('visa');
  world.changeCustomer({ taxExempt: then.exempt });
  const id = world.create({ default_tax_rates: then.rates, billing_mode: { type: mode } });
  world.advance('2026-04-16');
  world.changeCustomer({ taxExempt: since.exempt });
  world.update(id, { default_tax_rates: since.rates });
  return { world, id };
}
/** 20 % on top if the customer owes it; and without the 10 % inside if not. */
function charged({ rates: [rate], exempt }: Terms, amount: number): number {
  if (rate === 'txr_ex' && exempt === 'none') return amount * 1.2;
  return rate === 'txr_in' && exempt !== 'none' ? amount - Math.round(amount / 11) : amount;
}
const cells = TERMS.flatMap((then) => TERMS.map((since): [string, string, Terms, Terms] => [shown(then), shown(since), then, since]));
/** In `npm test` every other one, those of the other mode being the rest. */
const cellsOf = (mode: Mode) => cells.filter((_, at) => ALL_RUNS || at % MODES.length === MODES.indexOf(mode));
function shown({ rates, exempt }: Terms): string {
  return `${exempt}, ${rates.join() || 'no rate'}`;
}

describe.each(MODES)('in %s billing mode a credit is taxed like the charge that it gives back', (mode) => {
  test.each(cellsOf(mode))('billed %s, credited %s: half of April is half of the charge', (_then, _since, then, since) => {
    const { world, id } = april(then, since, mode);
    expect(world.last().total).toBe(charged(then, 1000));
    world.cancel(id, { prorate: true, invoice_now: true });
    expect(world.last().total).toBe(-charged(then, 500));
    const [first, credit] = [world.invoices()[0], world.last()];
    expect(credit.totalTaxes.map((tax) => [tax.tax_rate, tax.taxability_reason])).toEqual(
      first?.totalTaxes.map((tax) => [tax.tax_rate, tax.taxability_reason]),
    );
  });

  test.each(cellsOf(mode))('billed %s, changed %s: from one to two units at half time', (_then, _since, then, since) => {
    const { world, id } = april(then, since, mode);
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }], proration_behavior: 'always_invoice' });
    expect(world.last().total).toBe(charged(since, 1000) - charged(then, 500));
  });

  test('1000 untaxed, then 20 %: -500 and not -600, and 700 for another unit', () => {
    const none = { rates: [], exempt: 'none' as const };
    const taxed = { rates: ['txr_ex'], exempt: 'none' as const };
    const first = april(none, taxed, mode);
    first.world.cancel(first.id, { prorate: true, invoice_now: true });
    expect(first.world.last().total).toBe(-500);
    const second = april(none, taxed, mode);
    const si = second.world.item(second.id).id;
    second.world.update(second.id, { items: [{ id: si, quantity: 2 }], proration_behavior: 'always_invoice' });
    expect(second.world.last().total).toBe(700);
  });

  test('taxed, then exempt or reverse charge: -600 and not -500', () => {
    for (const exempt of ['exempt', 'reverse'] as const) {
      const { world, id } = april({ rates: ['txr_ex'], exempt: 'none' }, { rates: ['txr_ex'], exempt }, mode);
      world.cancel(id, { prorate: true, invoice_now: true });
      expect(world.last().total).toBe(-600);
    }
  });

  test('also if it waits for the next invoice', () => {
    const { world, id } = april({ rates: ['txr_ex'], exempt: 'none' }, { rates: [], exempt: 'exempt' }, mode);
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }] });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last().total).toBe(2000 + 1000 - 600);
  });

  test('also if the invoice of the charge was voided meanwhile', () => {
    const world = new World(at('2026-04-01'));
    world.taxes();
    const id = world.create({
      ...{ default_tax_rates: ['txr_ex'], billing_mode: { type: mode } },
      ...{ collection_method: 'send_invoice', days_until_due: 30 },
    });
    world.advance('2026-04-16');
    const [april] = world.invoices();
    world.update(id, { default_tax_rates: [] });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }] });
    world.onInvoice(april?.id ?? '', 'voidInvoice', {});
    expect(world.rows.get('invoice', april?.id ?? '').status).toBe('void');
    world.advance('2026-05-01T02:00:00Z');
    expect(world.last().total).toBe(2000 + 1000 - 600);
  });

  test('a change after the void of the invoice: classic credits its time with the tax of that invoice, flexible credits nothing', () => {
    const world = new World(at('2026-04-01'));
    world.taxes();
    const id = world.create({
      ...{ default_tax_rates: ['txr_ex'], billing_mode: { type: mode } },
      ...{ collection_method: 'send_invoice', days_until_due: 30 },
    });
    world.advance('2026-04-16');
    const [april] = world.invoices();
    world.onInvoice(april?.id ?? '', 'voidInvoice', {});
    expect(april && world.rows.get('invoice', april.id).status).toBe('void');
    world.update(id, { default_tax_rates: [] });
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }], proration_behavior: 'always_invoice' });
    expect(world.last().total).toBe(1000 - (mode === 'classic' ? 600 : 0));
  });

  test('also if the end of the subscription is moved ahead', () => {
    const { world, id } = april({ rates: ['txr_ex'], exempt: 'none' }, { rates: [], exempt: 'none' }, mode);
    world.update(id, { cancel_at: at('2026-04-21'), proration_behavior: 'always_invoice' });
    expect(world.last().total).toBe(-400);
  });

  test('whatever happens in between: a credit has the rates and the reasons of the line that was charged for its time', () => {
    const step = fc.oneof(
      fc.constantFrom(...TERMS).map((terms) => ({ terms })),
      fc.record({ quantity: fc.integer({ min: 1, max: 4 }), how: fc.constantFrom('create_prorations', 'always_invoice') }),
      fc.integer({ min: 1, max: 9 }).map((days) => ({ days })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...TERMS), fc.array(step, { minLength: 2, maxLength: 8 }), (first, steps) => {
        const { world, id } = april(first, first, mode);
        // Never while a renewal is a draft, whose tax is an estimate.
        world.by(2 * HOUR);
        for (const each of steps) {
          if ('days' in each) world.by(each.days * DAY);
          else if ('terms' in each) {
            world.changeCustomer({ taxExempt: each.terms.exempt });
            world.update(id, { default_tax_rates: each.terms.rates });
          } else world.update(id, { items: [{ id: world.item(id).id, quantity: each.quantity }], proration_behavior: each.how });
        }
        const shownTax = (line: InvoiceLineItem) => line.taxes.map((tax) => [tax.tax_rate, tax.taxability_reason]);
        const credits = world.rows.where('invoiceLineItem', ({ basis }) => basis?.taxed !== undefined);
        for (const credit of credits) {
          const charge = world.rows.find('invoiceLineItem', credit.basis?.debited?.lines[0] ?? null);
          expect(shownTax(credit)).toEqual(charge && shownTax(charge));
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

describe.each(MODES)('in %s billing mode a credit of a charge that is still on a draft', (mode) => {
  const NOWHERE = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  const own = { account: 'acct_1', livemode: false, created: 0 };

  function customer(world: World, { country, isBusiness }: { country: 'DE' | 'FR'; isBusiness: boolean }): void {
    world.changeCustomer({ address: { ...NOWHERE, country }, shipping: null });
    const number = { id: 'txi_1', customer: 'cus_1', type: 'eu_vat', value: 'FRAB123456789' } as const;
    world.rows.put('taxId', sample.taxId({ ...number, deleted: !isBusiness }));
  }

  /** A French business with automatic tax at a German seller; the renewal of May is a draft. */
  function renewal(): { world: World; id: string; draft: string } {
    const world = new World(at('2026-04-01'));
    const headOffice = { ...NOWHERE, country: 'DE', postal_code: '10115' };
    world.rows.put('taxSettings', { ...own, id: 'taxset_1', headOffice, taxBehavior: 'exclusive', taxCode: 'txcd_10103001' });
    const registration = { ...own, country: 'DE', scheme: null, state: null, activeFrom: 0, expiresAt: null };
    for (const type of ['standard', 'oss_union'] as const)
      world.rows.put('taxRegistration', { ...registration, id: `taxreg_${type}`, type });
    for (const price of world.rows.all('price')) world.rows.put('price', { ...price, taxBehavior: 'unspecified' });
    customer(world, { country: 'FR', isBusiness: true });
    world.card('visa');
    const id = world.create({ automatic_tax: { enabled: true }, billing_mode: { type: mode } });
    world.advance('2026-05-01T00:10:00Z');
    expect(world.last()).toMatchObject({ status: 'draft', total: 1000 });
    return { world, id, draft: world.last().id };
  }
  const change = (world: World, id: string, behavior: string): void => {
    world.update(id, { items: [{ id: world.item(id).id, quantity: 2 }], proration_behavior: behavior });
  };
  /** The taxes of the credits on an invoice: amount, rate, reason. */
  const credited = (world: World, invoice: string) =>
    world
      .lines(invoice)
      .filter(({ amount }) => amount < 0)
      .flatMap(({ amount, taxes }) => taxes.map((tax) => [amount, tax.amount, tax.tax_rate, tax.taxability_reason]));
  const taxOf = (world: World, invoice: string) =>
    world.lines(invoice).flatMap(({ taxes }) => taxes.map((tax) => [tax.tax_rate, tax.taxability_reason]));

  test('takes back what the invoice was finally taxed, and not the estimate: 20 % where the draft was reverse-charged', () => {
    const { world, id, draft } = renewal();
    change(world, id, 'create_prorations');
    customer(world, { country: 'FR', isBusiness: false });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.rows.get('invoice', draft)).toMatchObject({ status: 'paid', total: 1200 });
    customer(world, { country: 'DE', isBusiness: false });
    world.advance('2026-06-01T02:00:00Z');
    const [[amount = 0, tax, ...billed] = []] = credited(world, world.last().id);
    expect([[...billed]]).toEqual(taxOf(world, draft));
    expect(tax).toBe(Math.round(Number(amount) * 0.2));
  });

  test('has no tax where the draft was taxed, and the customer had a VAT number when it became final', () => {
    const { world, id, draft } = renewal();
    customer(world, { country: 'FR', isBusiness: false });
    world.onInvoice(draft, 'updateInvoice', { path: { invoice: draft }, description: 'taxed again' });
    change(world, id, 'create_prorations');
    customer(world, { country: 'FR', isBusiness: true });
    world.advance('2026-06-01T02:00:00Z');
    expect(world.rows.get('invoice', draft).total).toBe(1000);
    expect(credited(world, world.last().id)).toMatchObject([[expect.anything(), 0, expect.anything(), 'reverse_charge']]);
  });

  test('billed before its charge is final, is taxed by what is known of the customer then', () => {
    const { world, id, draft } = renewal();
    customer(world, { country: 'FR', isBusiness: false });
    change(world, id, 'always_invoice');
    const [[amount = 0, tax, ...billed] = []] = credited(world, world.last().id);
    expect(world.last().status).toBe('paid');
    expect(tax).toBe(Math.round(Number(amount) * 0.2));
    world.advance('2026-05-01T02:00:00Z');
    expect(taxOf(world, draft)).toEqual([[...billed]]);
  });

  test('is taxed by the rates and the exemption that its invoice has when it becomes final', () => {
    const world = new World(at('2026-04-01'));
    world.taxes();
    world.card('visa');
    const id = world.create({ default_tax_rates: ['txr_ex'], billing_mode: { type: mode } });
    world.advance('2026-05-01T00:10:00Z');
    const draft = world.last().id;
    change(world, id, 'create_prorations');
    world.changeCustomer({ taxExempt: 'reverse' });
    world.advance('2026-05-01T02:00:00Z');
    expect(world.rows.get('invoice', draft).total).toBe(1000);
    world.changeCustomer({ taxExempt: 'none' });
    world.advance('2026-06-01T02:00:00Z');
    expect(credited(world, world.last().id)).toMatchObject([[expect.anything(), 0, 'txr_ex', 'reverse_charge']]);
  });
});
