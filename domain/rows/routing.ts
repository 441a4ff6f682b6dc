/** Which processor a charge is sent to: the seller's rules, and the route of one attempt. In snake_case, because the API shows them unchanged. */

export const FALLBACKS = ['declined', 'paused'] as const;

/** Why a charge goes on to the next processor: the first has declined it softly, or is paused and was not asked. */
export type FallbackReason = (typeof FALLBACKS)[number];

/** Null: any. The first rule that fits a charge decides. */
export interface RoutingRule {
  /** For people: charges are explained with it. */
  name: string;
  currencies: string[] | null;
  /** Where the card was issued, ISO 3166. */
  countries: string[] | null;
  brands: string[] | null;
  /** Minor units, both inclusive. */
  amount_gte: number | null;
  amount_lte: number | null;
  /** Percents add up to 100. A customer stays with its processor while the split is the same. */
  split: RoutingShare[];
  /** Asked next, in this order. */
  fallback: string[];
  fallback_on: FallbackReason[];
}

export interface RoutingShare {
  processor: string;
  percent: number;
}

/** The rules in force. Version 0 has none. */
export interface Routing {
  version: number;
  rules: RoutingRule[];
}

/** How an attempt came to its processor. */
export interface Route {
  version: number;
  /** The name of the rule that decided; null: no rule fits. */
  rule: string | null;
  processor: string;
  /**
   * `split`: a rule's share; `no_rule`: no rule fits, so the processor that stores the card; `stored_elsewhere`: the rule's processor cannot
   * charge this card; `declined`, `paused`: the fallback after `from`.
   */
  because: 'split' | 'no_rule' | 'stored_elsewhere' | FallbackReason;
  from: string | null;
  /** Who is asked next, and when. */
  next: string[];
  next_on: FallbackReason[];
}
