/** Whatever happens to invoices, and in whatever order: each tax return is the sum of its invoices and credit notes. */
import fc from 'fast-check';
import { periodOf } from '../../../domain/core/chart-of-accounts';
import type { TaxAmount } from '../../../domain/rows/invoice';
import type { Address } from '../../../domain/rows/resource';
import { returnLines, returnPeriod, type ReturnLine, type TaxLine } from '../../../domain/tax/returns';
import { runs } from '../../support/runs';
import { keptTaxes } from '../subscription/invariants';
import { leftAfterRefunds, leftToCredit } from '../../../domain/invoice/credited';
import { at, sum } from '../builders';
import { creditNoteCommands } from '../subscription/credit-note-commands';
import { disputeCommands } from '../subscription/dispute-commands';
import { DAY, World } from '../subscription/world';
import * as sample from '../../objects/rows';

interface Story {
  world: World;
  subscription: string;
  /** The returns of closed months, as they were filed. */
  closed: Map<string, ReturnLine[]>;
}
type Command = [string, (story: Story) => void];

const NOWHERE: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const PLACES: Partial<Address>[] = [{ country: 'DE' }, { country: 'FR' }, { country: 'EE' }, { country: 'US', postal_code: '10001' }];
const own = { account: 'acct_1', livemode: false, created: 0 };

/** A seller in Berlin, registered at home and for the One-Stop Shop, with a customer in France. */
function begin(from: number, isManual: boolean): Story {
  const world = new World(from);
  const headOffice = { ...NOWHERE, country: 'DE', postal_code: '10115' };
  world.rows.put('taxSettings', { ...own, id: 'taxset_1', headOffice, taxBehavior: 'exclusive', taxCode: 'txcd_10103001' });
  const registration = { ...own, country: 'DE', scheme: null, state: null, activeFrom: 0, expiresAt: null };
  for (const type of ['standard', 'oss_union'] as const) world.rows.put('taxRegistration', { ...registration, id: `taxreg_${type}`, type });
  for (const price of world.rows.all('price')) world.rows.put('price', { ...price, taxBehavior: 'unspecified' });
  world.taxes();
  world.changeCustomer({ address: { ...NOWHERE, country: 'FR' }, shipping: null });
  world.card('visa');
  const terms = isManual ? { default_tax_rates: ['txr_ex', 'txr_in'] } : { automatic_tax: { enabled: true } };
  const subscription = world.create({ ...terms, items: [{ price: 'price_1000' }, { price: 'price_3000' }] });
  return { world, subscription, closed: new Map() };
}

/** What `db/ledger/taxes.ts` reads: the entries of the tax accounts that a month has. */
function taxLines(world: World, month: string): TaxLine[] {
  return world.postings
    .filter(({ transaction }) => periodOf(transaction.created) === month)
    .flatMap(({ entries }) => entries.filter(({ ledgerAccount }) => ledgerAccount.startsWith('tax_payable:')))
    .map((entry): TaxLine => {
      const rate = world.rows.get('taxRate', entry.taxRate ?? '');
      const { finalizedAt } = world.rows.get('invoice', entry.invoice ?? '');
      const isReversed = entry.taxabilityReason === 'reverse_charge';
      return {
        ...{ ledgerAccount: entry.ledgerAccount, country: rate.country, state: rate.state, rate: rate.percentage },
        ...{ reason: entry.taxabilityReason ?? null, taxId: isReversed ? numberUpTo(world, finalizedAt ?? 0) : null },
        ...{ currency: entry.currency, invoicedAt: at(`${periodOf(finalizedAt ?? 0)}-01`) },
        stated: null,
        ...{ taxableAmount: -(entry.taxableAmount ?? 0), taxAmount: -entry.amount },
      };
    });
}

/** Of the latest invoice up to then that has one. */
const numberUpTo = (world: World, time: number): string | null =>
  world.rows
    .where('invoice', ({ finalizedAt, customerTaxIds }) => finalizedAt !== null && finalizedAt <= time && customerTaxIds.length > 0)
    .at(-1)?.customerTaxIds[0]?.value ?? null;

/** For the last day of each month, so that the sums in euro can be compared with those in dollars. */
const ONE_TO_ONE = Array.from({ length: 120 }, (_, month) => {
  const day = new Date(Date.UTC(2025, month + 1, 0)).toISOString().slice(0, 10);
  return { fromCurrency: 'usd', toCurrency: 'eur', rate: '1', day };
});

function returnOf(world: World, form: 'summary' | 'oss_union' | 'ec_sales_list', month: string): ReturnLine[] {
  return returnLines(form, returnPeriod(month), taxLines(world, month), { home: 'DE', rates: ONE_TO_ONE }).lines;
}

/**
 * What the documents of a month say of each rate: invoices that became final, less notes, refunds without one, lost disputes whose tax is taken
 * back, and what was void, each in its own month.
 */
function documented(world: World, month: string): { rate: string; amount: number }[] {
  const isIn = (time: number | null) => time !== null && periodOf(time) === month;
  const signed = (sign: 1 | -1, taxes: readonly TaxAmount[]) => taxes.map((tax) => ({ rate: tax.tax_rate, amount: sign * tax.amount }));
  const invoices = world.rows.all('invoice');
  const notes = world.rows.all('creditNote');
  return [
    ...refunded(world, month),
    ...invoices.filter(({ finalizedAt }) => isIn(finalizedAt)).flatMap(({ totalTaxes }) => signed(1, totalTaxes)),
    ...notes.filter(({ created }) => isIn(created)).flatMap(({ totalTaxes }) => signed(-1, totalTaxes)),
    ...notes.filter(({ voidedAt }) => isIn(voidedAt)).flatMap(({ totalTaxes }) => signed(1, totalTaxes)),
    ...invoices
      .filter(({ finalizedAt, voidedAt }) => finalizedAt !== null && isIn(voidedAt))
      .flatMap((invoice) => signed(-1, leftToCredit(world.rows, invoice).totalTaxes)),
  ];
}

/** No document shows these; at the end, what is left of each invoice does (`checkReturns`). */
const refunded = (world: World, month: string) =>
  world.postings
    .filter(({ transaction }) => /^invoice_(refund|dispute)/.test(transaction.type) && periodOf(transaction.created) === month)
    .flatMap(({ entries }) => entries)
    .flatMap(({ taxRate, amount }) => (taxRate ? [{ rate: taxRate, amount: -amount }] : []));

const monthsOf = ({ postings }: World): string[] => [...new Set(postings.map(({ transaction }) => periodOf(transaction.created)))].sort();

function checkReturns({ world, closed }: Story): void {
  const taxed = (lines: readonly ReturnLine[]) => lines.filter(({ taxAmount }) => taxAmount !== 0);
  for (const month of monthsOf(world)) {
    const summary = returnOf(world, 'summary', month);
    const documents = documented(world, month);
    expect(sum(summary.map(({ taxAmount }) => taxAmount))).toBe(sum(documents.map(({ amount }) => amount)));
    for (const percentage of new Set(summary.map(({ rate }) => rate))) {
      const isOf = ({ rate }: { rate: string }) => world.rows.get('taxRate', rate).percentage === percentage;
      const shown = taxed(summary).filter(({ rate }) => rate === percentage);
      const meant = documents.filter(isOf);
      expect([month, percentage, sum(shown.map(({ taxAmount }) => taxAmount))]).toEqual([
        month,
        percentage,
        sum(meant.map(({ amount }) => amount)),
      ]);
    }
    const abroad = taxed(summary).filter(({ country }) => country === 'FR' || country === 'EE');
    const shop = returnOf(world, 'oss_union', month);
    expect(sum(shop.map(({ taxAmount }) => taxAmount))).toBe(sum(abroad.map(({ taxAmount }) => taxAmount)));
    const reversed = summary.filter(({ country, reason }) => reason === 'reverse_charge' && (country === 'FR' || country === 'EE'));
    const list = returnOf(world, 'ec_sales_list', month);
    expect(sum(list.map(({ taxableAmount }) => taxableAmount))).toBe(sum(reversed.map(({ taxableAmount }) => taxableAmount)));
    expect(list.every(({ taxId, taxAmount }) => taxId !== null && taxAmount === 0)).toBe(true);
    for (const { part, originalPeriod } of summary) {
      expect(part).toBe(originalPeriod === null ? 'sales' : 'corrections');
      expect(originalPeriod === null || originalPeriod < month).toBe(true);
    }
  }
  for (const [month, filed] of closed) expect(returnOf(world, 'summary', month)).toEqual(filed);
  const left = world.rows
    .where('invoice', ({ status }) => status !== 'draft' && status !== 'void')
    .flatMap((invoice) => [...leftAfterRefunds(world.rows, invoice).totalTaxes, ...keptTaxes(invoice)]);
  const returned = monthsOf(world).flatMap((month) => returnOf(world, 'summary', month));
  expect(sum(returned.map(({ taxAmount }) => taxAmount))).toBe(sum(left.map(({ amount }) => amount)));
}

const named = (name: string, run: (story: Story) => void): Command => [name, run];

const onLast = (step: string): Command =>
  named(step, ({ world }) => {
    world.onInvoice(world.last().id, step);
  });

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => named(`wait ${String(days)} days`, ({ world }) => world.by(days * DAY))),
  },
  {
    weight: 3,
    arbitrary: fc.nat({ max: PLACES.length - 1 }).map((index) =>
      named(`move to ${String(PLACES[index]?.country)}`, ({ world }) => {
        world.changeCustomer({ address: { ...NOWHERE, ...PLACES[index] } });
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map((isBusiness) =>
      named(isBusiness ? 'become a business' : 'become a consumer', ({ world }) => {
        world.rows.put(
          'taxId',
          sample.taxId({ id: 'txi_1', customer: 'cus_1', type: 'eu_vat', value: 'FRAB123456789', deleted: !isBusiness }),
        );
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('create_prorations', 'always_invoice')).map(([quantity, how]) =>
      named(`change to ${String(quantity)}, ${how}`, ({ world, subscription }) => {
        const [item] = world.items(subscription);
        const items = [{ id: item?.id, quantity }];
        world.ask('subscription', subscription, 'updateSubscription', { path: { subscription }, items, proration_behavior: how });
      }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(named('a bad card', ({ world }) => void world.card('chargeCustomerFail'))) },
  { weight: 1, arbitrary: fc.constant(named('a good card', ({ world }) => void world.card('visa'))) },
  { weight: 1, arbitrary: fc.constantFrom(onLast('voidInvoice'), onLast('markInvoiceUncollectible'), onLast('payInvoice')) },
  {
    weight: 6,
    arbitrary: creditNoteCommands.map(([name, run]) => named(name, ({ world }) => run(world))),
  },
  {
    weight: 3,
    arbitrary: disputeCommands.map(([name, run]) => named(name, ({ world }) => run(world))),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      named('close the months until now', ({ world, closed }) => {
        for (const month of monthsOf(world).filter((each) => each < periodOf(world.now)))
          if (!closed.has(month)) closed.set(month, returnOf(world, 'summary', month));
      }),
    ),
  },
);

/** In a counterexample a command is shown by its name. */
const readable = (command: Command): Command => Object.assign(command, { [fc.toStringMethod]: () => command[0] });

test('every return is the sum of its invoices and notes, a closed one stays, recognised and deferred is what was billed, the books balance', () => {
  const stories = fc.array(commands.map(readable), { minLength: 8, maxLength: 20, size: 'max' });
  const run = fc.property(fc.boolean(), fc.integer({ min: 1_767_225_600, max: 1_780_000_000 }), stories, (isManual, from, story) => {
    const begun = begin(from, isManual);
    const told: string[] = [];
    try {
      for (const [name, command] of story) {
        told.push(name);
        command(begun);
        begun.world.settle();
      }
      checkReturns(begun);
    } catch (error) {
      throw new Error(`after ${told.join(', ')}: ${String(error)}`, { cause: error });
    }
  });
  fc.assert(run, { numRuns: runs(40) });
}, 60_000);
