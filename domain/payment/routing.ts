/**
 * Where a charge goes. The seller's first rule that fits decides; its split is drawn by a hash, so that a customer stays with its processor. The
 * next processor is asked only once it is certain that the one before has taken no money: it declined, or was never asked.
 */
import { hash } from '../core/hash';
import type { FallbackReason, Route, Routing, RoutingRule } from '../rows/routing';

/** What a rule looks at. */
export interface Routed {
  /** The customer, or the intent of a guest. */
  key: string;
  amount: number;
  currency: string;
  /** Of the card; null: unknown. */
  country: string | null;
  brand: string | null;
  /** The processor that stores the card. */
  home: string;
}

/** The route of a charge; null if the seller has no rules. */
export function routeOf({ version, rules }: Routing, charge: Routed): Route | null {
  if (rules.length === 0) return null;
  const rule = rules.find((each) => fits(each, charge));
  const at = { version, rule: rule?.name ?? null, from: null };
  if (!rule) return { ...at, processor: charge.home, because: 'no_rule', next: [], next_on: [] };
  const drawn = draw(rule, charge.key);
  const canCharge = isStoredFor(charge.home, drawn);
  const processor = canCharge ? drawn : charge.home;
  const next = [...new Set(rule.fallback)].filter((each) => each !== processor && isStoredFor(charge.home, each));
  return { ...at, processor, because: canCharge ? 'split' : 'stored_elsewhere', next, next_on: rule.fallback_on };
}

function fits(rule: RoutingRule, { amount, currency, country, brand }: Routed): boolean {
  return (
    isAmong(rule.currencies, currency) &&
    isAmong(rule.countries, country) &&
    isAmong(rule.brands, brand) &&
    amount >= (rule.amount_gte ?? 0) &&
    amount <= (rule.amount_lte ?? Number.MAX_SAFE_INTEGER)
  );
}

const isAmong = (allowed: string[] | null, value: string | null): boolean =>
  allowed === null || (value !== null && allowed.includes(value));

/** The name of the rule is part of it, so that two rules do not draw alike. */
function draw({ name, split }: RoutingRule, key: string): string {
  const point = (hash(`${name}/${key}`) / 2 ** 32) * 100;
  let reached = 0;
  for (const { processor, percent } of split) {
    reached += percent;
    if (point < reached) return processor;
  }
  throw new Error(`the split of ${name} is less than 100 percent`);
}

/** Whether a processor can charge what another stores: only the sandbox's share their cards. */
export const isStoredFor = (home: string, processor: string): boolean => home === processor || (isSandbox(home) && isSandbox(processor));

const isSandbox = (processor: string): boolean => processor === 'sandbox' || processor.startsWith('sandbox-');

/** The way on to the next processor; null if the rule has none for this reason. */
export function nextRoute(route: Route | null, because: FallbackReason): Route | null {
  const [processor, ...next] = route?.next ?? [];
  if (route === null || processor === undefined || !route.next_on.includes(because)) return null;
  return { ...route, processor, because, from: route.processor, next };
}

/** Declines by which the bank, or the processor, says that another try may succeed. Another processor is not asked after any other. */
const SOFT_DECLINES = new Set([
  'do_not_honor',
  'generic_decline',
  'issuer_not_available',
  'processing_error',
  'reenter_transaction',
  'try_again_later',
]);

export const isSoft = (declineCode: string): boolean => SOFT_DECLINES.has(declineCode);

/** What is wrong with rules, and the parameter that says it; null if they are in order. */
export function mistakeInRules(rules: readonly RoutingRule[], processors: readonly string[]): Mistake | null {
  for (const [index, rule] of rules.entries()) {
    const mistake = mistakeIn(rule, processors);
    if (mistake) return { param: `rules[${String(index)}][${mistake.param}]`, message: mistake.message };
    if (rules.findIndex(({ name }) => name === rule.name) < index) {
      return { param: `rules[${String(index)}][name]`, message: `Two rules have the name '${rule.name}'.` };
    }
  }
  return null;
}

interface Mistake {
  param: string;
  message: string;
}

const mistakeIn = (rule: RoutingRule, processors: readonly string[]): Mistake | null =>
  mistakeInSplit(rule, processors) ?? mistakeInAmounts(rule);

function mistakeInSplit({ split, fallback }: RoutingRule, processors: readonly string[]): Mistake | null {
  const named = split.map(({ processor }) => processor);
  const unknown = [...named, ...fallback].find((each) => !processors.includes(each));
  const total = split.reduce((sum, { percent }) => sum + percent, 0);
  if (unknown !== undefined)
    return { param: named.includes(unknown) ? 'split' : 'fallback', message: `There is no processor '${unknown}'.` };
  if (total !== 100) return { param: 'split', message: `The percents of a split add up to 100, not ${String(total)}.` };
  return new Set(named).size < named.length ? { param: 'split', message: 'A split names each processor once.' } : null;
}

function mistakeInAmounts({ currencies, amount_gte: from, amount_lte: upTo }: RoutingRule): Mistake | null {
  if (from === null && upTo === null) return null;
  if (currencies?.length !== 1) return { param: 'currencies', message: 'A rule about amounts names its one currency.' };
  if ((from ?? 0) <= (upTo ?? Number.MAX_SAFE_INTEGER)) return null;
  return { param: 'amount_lte', message: 'The highest amount is less than the lowest.' };
}
