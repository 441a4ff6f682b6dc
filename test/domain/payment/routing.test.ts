import fc from 'fast-check';
import { isStoredFor, mistakeInRules, nextRoute, routeOf, type Routed } from '../../../domain/payment/routing';
import type { Route, RoutingRule } from '../../../domain/rows/routing';

/** Which processor a charge is sent to. */

const PROCESSORS = ['sandbox', 'sandbox-eu', 'sandbox-us', 'stripe'];

const rule = (change: Partial<RoutingRule> = {}): RoutingRule => ({
  name: 'all',
  currencies: null,
  countries: null,
  brands: null,
  amount_gte: null,
  amount_lte: null,
  split: [{ processor: 'sandbox', percent: 100 }],
  fallback: [],
  fallback_on: ['declined', 'paused'],
  ...change,
});

const charge = (change: Partial<Routed> = {}): Routed => ({
  key: 'cus_1',
  amount: 1900,
  currency: 'eur',
  country: 'DE',
  brand: 'visa',
  home: 'sandbox',
  ...change,
});

/** Percents that add up to 100, of processors without repetition. */
const splits = fc
  .tuple(fc.shuffledSubarray(PROCESSORS, { minLength: 1 }), fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 }))
  .map(([processors, weights]) => {
    const own = weights.slice(0, processors.length);
    const spare = 100 - processors.length;
    const sum = own.reduce((total, weight) => total + weight, 0);
    const percents = own.map((weight) => 1 + Math.floor((weight * spare) / sum));
    const rest = 100 - percents.reduce((total, percent) => total + percent, 0);
    return processors.map((processor, index) => ({ processor, percent: (percents[index] ?? 0) + (index === 0 ? rest : 0) }));
  });

const rules = fc.record({
  name: fc.string({ minLength: 1, maxLength: 10 }),
  currencies: fc.option(fc.subarray(['eur', 'usd'], { minLength: 1 })),
  countries: fc.option(fc.subarray(['DE', 'US', 'PL'], { minLength: 1 })),
  brands: fc.option(fc.subarray(['visa', 'mastercard'], { minLength: 1 })),
  amount_gte: fc.constant(null),
  amount_lte: fc.constant(null),
  split: splits,
  fallback: fc.shuffledSubarray(PROCESSORS),
  fallback_on: fc.subarray(['declined', 'paused'] as const),
});

const charges = fc.record({
  key: fc.string(),
  amount: fc.integer({ min: 1, max: 99_999_999_999 }),
  currency: fc.constantFrom('eur', 'usd', 'jpy'),
  country: fc.option(fc.constantFrom('DE', 'US', 'PL')),
  brand: fc.option(fc.constantFrom('visa', 'mastercard', 'amex')),
  home: fc.constantFrom(...PROCESSORS),
});

test('a charge always has one processor that can charge its card, and the same one each time', () => {
  fc.assert(
    fc.property(fc.array(rules, { minLength: 1, maxLength: 4 }), charges, (all, of) => {
      const route = routeOf({ version: 3, rules: all }, of);
      expect(route).toEqual(routeOf({ version: 3, rules: all }, of));
      expect(isStoredFor(of.home, route?.processor ?? '')).toBe(true);
    }),
  );
});

test('a chain of fallbacks asks no processor twice, only those that can charge the card, and ends', () => {
  fc.assert(
    fc.property(rules, charges, fc.infiniteStream(fc.constantFrom('declined', 'paused')), (of, asked, reasons) => {
      const tried: string[] = [];
      let route: Route | null = routeOf({ version: 1, rules: [of] }, asked);
      while (route !== null) {
        tried.push(route.processor);
        route = nextRoute(route, reasons.next().value as 'declined' | 'paused');
      }
      expect(new Set(tried).size).toBe(tried.length);
      expect(tried.every((processor) => isStoredFor(asked.home, processor))).toBe(true);
      expect(tried.length).toBeLessThanOrEqual(PROCESSORS.length);
    }),
  );
});

test('of ten thousand customers each processor of a split gets its share', () => {
  fc.assert(
    fc.property(splits, fc.string({ minLength: 1, maxLength: 8 }), (split, name) => {
      const counts = new Map<string, number>();
      for (let customer = 0; customer < 10_000; customer += 1) {
        const drawn = routeOf({ version: 1, rules: [rule({ name, split })] }, charge({ key: `cus_${String(customer)}` }))?.processor ?? '';
        counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
      }
      // What another processor than the sandbox's cannot charge goes to the one that stores the card.
      const own = (processor: string): number => split.find((each) => each.processor === processor)?.percent ?? 0;
      expect(Math.abs((counts.get('sandbox') ?? 0) / 100 - own('sandbox') - own('stripe'))).toBeLessThan(3);
      expect(Math.abs((counts.get('sandbox-eu') ?? 0) / 100 - own('sandbox-eu'))).toBeLessThan(3);
    }),
    { numRuns: 10 },
  );
});

test('the first rule that fits decides: by currency, country, brand and amount', () => {
  const to = (processor: string, change: Partial<RoutingRule>): RoutingRule =>
    rule({ name: processor, split: [{ processor, percent: 100 }], ...change });
  const all = [
    to('sandbox-us', { currencies: ['usd'], amount_gte: 1000, amount_lte: 5000 }),
    to('sandbox-eu', { countries: ['DE', 'PL'], brands: ['visa'] }),
  ];
  const at = (change: Partial<Routed>): string => routeOf({ version: 1, rules: all }, charge(change))?.processor ?? '';
  expect(at({ currency: 'usd', amount: 1000 })).toBe('sandbox-us');
  expect(at({ currency: 'usd', amount: 5000 })).toBe('sandbox-us');
  expect(at({ currency: 'usd', amount: 5001 })).toBe('sandbox-eu');
  expect(at({ country: 'PL' })).toBe('sandbox-eu');
  expect(at({ country: 'FR' })).toBe('sandbox');
  expect(at({ country: null })).toBe('sandbox');
  expect(at({ brand: 'amex' })).toBe('sandbox');
  expect(routeOf({ version: 1, rules: all }, charge({ brand: 'amex' }))).toMatchObject({ because: 'no_rule', rule: null });
});

test('without rules a charge has no route', () => {
  expect(routeOf({ version: 0, rules: [] }, charge())).toBeNull();
});

test('a card that another company stores stays there', () => {
  const route = routeOf(
    { version: 1, rules: [rule({ split: [{ processor: 'stripe', percent: 100 }], fallback: ['stripe', 'sandbox-eu'] })] },
    charge(),
  );
  expect(route).toMatchObject({ processor: 'sandbox', because: 'stored_elsewhere', next: ['sandbox-eu'] });
});

test('rules are refused with the parameter that is wrong', () => {
  const mistake = (change: Partial<RoutingRule>, more: RoutingRule[] = []) =>
    mistakeInRules([rule(change), ...more], ['sandbox', 'sandbox-eu'])?.param ?? null;
  expect(mistake({})).toBeNull();
  expect(mistake({ split: [{ processor: 'adyen', percent: 100 }] })).toBe('rules[0][split]');
  expect(mistake({ fallback: ['adyen'] })).toBe('rules[0][fallback]');
  expect(mistake({ split: [{ processor: 'sandbox', percent: 99 }] })).toBe('rules[0][split]');
  const twice = [
    { processor: 'sandbox', percent: 50 },
    { processor: 'sandbox', percent: 50 },
  ];
  expect(mistake({ split: twice })).toBe('rules[0][split]');
  expect(mistake({ amount_gte: 100 })).toBe('rules[0][currencies]');
  expect(mistake({ amount_gte: 100, amount_lte: 99, currencies: ['eur'] })).toBe('rules[0][amount_lte]');
  expect(mistake({}, [rule()])).toBe('rules[1][name]');
});
