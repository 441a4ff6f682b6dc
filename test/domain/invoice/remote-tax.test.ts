import { HOUR as H, World } from '../subscription/world';
import { LIMITS } from '../../../domain/core/limits';
import type { TaxProviderSettings } from '../../../domain/rows/account';
import type { Address } from '../../../domain/rows/resource';
import type { TaxAnswer, TaxQuestion } from '../../../domain/rows/tax-calculation';

const NOWHERE: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const AUTOMATIC = { automatic_tax: { enabled: true } };
const DAY = 24 * H;
const at = (day: string): number => Date.parse(day) / 1000;

/** A customer in Berlin, of a seller whose tax a remote provider calculates. */
function selling(change: Partial<TaxProviderSettings> = {}): World {
  const world = new World('2026-01-15');
  const resource = { account: world.rows.get('customer', 'cus_1').account, livemode: false, created: 0 };
  world.rows.put('taxSettings', {
    ...resource,
    id: 'taxset_1',
    headOffice: { ...NOWHERE, country: 'DE' },
    taxBehavior: 'exclusive',
    taxCode: 'txcd_10103001',
  });
  world.rows.put('price', { ...world.rows.get('price', 'price_1000'), taxBehavior: 'unspecified' });
  world.changeCustomer({ address: { ...NOWHERE, country: 'DE', line1: 'Unter den Linden 1' }, shipping: null });
  world.card('visa');
  world.settings({ tax: { provider: 'stripe', when_unavailable: 'wait', wait_seconds: 3 * DAY, ...change } });
  world.taxes();
  world.taxProvider = seven;
  return world;
}

/** Takes 7 for each line. */
const seven = ({ invoice, digest, input }: TaxQuestion): TaxAnswer => ({
  ...{ invoice, digest, provider: 'stripe', calculations: ['taxcalc_1'] },
  lines: input.lines.map(({ line, amount }) => ({
    line,
    taxes: [
      {
        ...{ amount: 7, tax_behavior: 'exclusive' as const, tax_rate: 'txr_ex' },
        ...{ taxability_reason: 'standard_rated', taxable_amount: amount },
      },
    ],
  })),
});

const problem =
  (kind: 'unavailable' | 'refused') =>
  ({ invoice, digest }: TaxQuestion): TaxAnswer => ({ invoice, digest, provider: 'stripe', problem: { kind, message: 'Of the test.' } });

test('a question has a hash of the address, and neither the address nor a name', () => {
  const world = selling();
  const asked: TaxQuestion[] = [];
  world.taxProvider = (question) => {
    asked.push(question);
    return seven(question);
  };
  world.create(AUTOMATIC);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.input.automatic?.remote).toEqual({
    ...{ provider: 'stripe', customer: 'cus_1', paymentMethod: null },
    buyer: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
  });
  expect(JSON.stringify(asked)).not.toContain('Linden');
  expect(world.last()).toMatchObject({ status: 'paid', total: 1007 });
  expect(world.rows.all('taxCalculation')).toMatchObject([{ provider: 'stripe', providerCalculations: ['taxcalc_1'] }]);
});

test('an answer for another address is not billed', () => {
  const world = selling();
  const addresses = new Set<string | undefined>();
  for (const line1 of ['Unter den Linden 1', 'Unter den Linden 2']) {
    world.changeCustomer({ address: { ...NOWHERE, country: 'DE', line1 } });
    world.pending(1000);
    world.taxProvider = (question) => {
      addresses.add(question.digest);
      return seven(question);
    };
    world.must('invoice', world.manual({ ...AUTOMATIC, auto_advance: false }), 'finalizeInvoice');
  }
  expect(addresses.size).toBe(2);
});

test('while the provider is unavailable a renewal’s invoice waits: it is tried after 5 minutes, then ever later, at most an hour apart', () => {
  const world = selling();
  const id = world.create(AUTOMATIC);
  const tries: [at: number, isRepeated: boolean][] = [];
  world.taxProvider = (question) => {
    tries.push([world.now, question.isRepeated === true]);
    return problem('unavailable')(question);
  };
  world.advance(at('2026-02-15') + H + DAY);
  const first = at('2026-02-15') + H;
  const minutes = tries.map(([time]) => (time - first) / 60);
  expect(minutes.slice(0, 7)).toEqual([0, 5, 10, 20, 40, 80, 140]);
  expect(minutes).toHaveLength(28);
  expect(tries.map(([, isRepeated]) => isRepeated)).toEqual([false, ...Array.from({ length: 27 }, () => true)]);
  expect(world.last()).toMatchObject({
    ...{ status: 'draft', number: null, automaticTax: { enabled: true, status: 'failed' }, taxAwaitedSince: first },
    lastFinalizationError: { code: 'taxes_calculation_failed' },
  });
  expect(world.subscription(id).status).toBe('active');
  expect(world.events.filter(({ type }) => type === 'invoice.finalization_failed')).toHaveLength(1);
  world.taxProvider = seven;
  world.advance(world.now + H);
  expect(world.last()).toMatchObject({ status: 'paid', total: 1007, taxAwaitedSince: null, lastFinalizationError: null });
});

test('at the deadline the invoice is billed without tax and flagged, to the second', () => {
  const world = selling({ when_unavailable: 'bill_without_tax', wait_seconds: 1000 });
  world.create(AUTOMATIC);
  world.taxProvider = problem('unavailable');
  const deadline = at('2026-02-15') + H + 1000;
  world.advance(deadline - 1);
  expect(world.last()).toMatchObject({ status: 'draft', total: 1000 });
  world.advance(deadline);
  expect(world.last()).toMatchObject({
    ...{ status: 'paid', total: 1000, totalTaxes: [], finalizedAt: deadline },
    automaticTax: { enabled: false, status: null, disabled_reason: 'finalization_system_error' },
  });
});

test('a request is refused and changes nothing; with no time to wait it is billed without tax', () => {
  const world = selling();
  world.taxProvider = problem('unavailable');
  expect(() => world.create(AUTOMATIC)).toThrow(/tax could not be calculated/);
  expect(world.invoices()).toEqual([]);
  world.settings({ tax: { provider: 'stripe', when_unavailable: 'bill_without_tax', wait_seconds: 0 } });
  world.create(AUTOMATIC);
  expect(world.last()).toMatchObject({ status: 'paid', total: 1000, automaticTax: { disabled_reason: 'finalization_system_error' } });
});

test('without drafts a renewal goes on all the same, and its invoice waits', () => {
  const world = selling();
  const { invoices } = world.rows.get('account', 'acct_1').settings.test;
  world.settings({ invoices: { ...invoices, drafts: 'none' } });
  const id = world.create(AUTOMATIC);
  world.taxProvider = problem('unavailable');
  world.advance(at('2026-02-15') + 60);
  expect(world.last()).toMatchObject({ status: 'draft', periodEnd: at('2026-02-15') });
  expect(world.subscription(id)).toMatchObject({ status: 'active' });
  world.taxProvider = seven;
  world.advance(world.now + H);
  expect(world.charged()).toEqual([1007, 1007]);
});

test('a place that the provider refuses is treated as an unknown place', () => {
  const world = selling();
  const id = world.create(AUTOMATIC);
  world.taxProvider = problem('refused');
  world.advance(at('2026-02-15') + 2 * H);
  expect(world.last()).toMatchObject({
    status: 'paid',
    total: 1000,
    automaticTax: { disabled_reason: 'finalization_requires_location_inputs' },
  });
  expect(world.subscription(id).automaticTax).toEqual({ enabled: false, disabled_reason: 'requires_location_inputs' });
});

test('a first invoice that was charged as a draft has the tax that was charged, although the provider is gone when it becomes final', () => {
  const world = selling();
  world.taxProvider = (question) => {
    world.taxProvider = problem('unavailable');
    return seven(question);
  };
  world.create({ ...AUTOMATIC, payment_behavior: 'error_if_incomplete' });
  expect(world.charged()).toEqual([1007]);
  expect(world.last()).toMatchObject({ status: 'paid', total: 1007, totalTaxes: [{ amount: 7 }] });
  expect(world.taxed).toHaveLength(1);
});

test('the provider is told of an invoice that it has taxed, and not of a draft that it taxed and that became final without tax', () => {
  const world = selling();
  world.create(AUTOMATIC);
  expect(world.rows.all('taxRecord')).toMatchObject([{ provider: 'stripe', invoice: world.last().id, kind: 'sale', status: 'pending' }]);
  world.pending(LIMITS.chargeAmount.max);
  const large = world.manual({ ...AUTOMATIC, auto_advance: true });
  world.by(2 * H);
  expect(world.rows.get('invoice', large)).toMatchObject({ status: 'draft', lastFinalizationError: { code: 'amount_too_large' } });
  expect(world.rows.find('taxCalculation', large)).toMatchObject({ providerCalculations: ['taxcalc_1'] });
  world.must('invoice', large, 'updateInvoice', { path: { invoice: large }, automatic_tax: { enabled: false } });
  world.must('invoice', large, 'finalizeInvoice');
  expect(world.rows.get('invoice', large)).toMatchObject({ totalTaxes: [], total: LIMITS.chargeAmount.max });
  expect(world.rows.where('taxRecord', ({ invoice }) => invoice === large)).toEqual([]);
});
