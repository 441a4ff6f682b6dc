/** Which rules match a payment, and which of them counts: the oldest of its action. */
import { RULE_ACTIONS, type MatchedRule, type RadarRule, type RuleAction } from '../rows/radar';
import { holds, type Payment } from './evaluation';

export type UsableRule = Pick<RadarRule, 'action' | 'afterBank' | 'condition' | 'id' | 'predicate' | 'shadow' | 'version'>;

/** By action, the rule that counts. */
export type Matches = Partial<Record<RuleAction, MatchedRule>>;

const onList = (action: RuleAction, name: string, list: string): UsableRule => ({
  id: list,
  action,
  condition: { type: 'in', left: { name, at: 0 }, list, at: 0 },
  afterBank: false,
  predicate: `:${name}: IN @${list}`,
  shadow: false,
  version: 1,
});

/** By attribute, the beginning of the aliases of its two default lists. */
const LISTED = {
  card_bin: 'card_bin',
  card_country: 'card_country',
  card_fingerprint: 'card_fingerprint',
  customer: 'customer_id',
  email: 'email',
  ip_address: 'ip_address',
} as const;

/** Of every account: the default lists. */
export const LIST_RULES: readonly UsableRule[] = Object.entries(LISTED).flatMap(([name, list]) => [
  onList('allow', name, `${list}_allowlist`),
  onList('block', name, `${list}_blocklist`),
]);

/** The rules of one round: those that need the bank's checks come after its answer, all others before. */
export const rulesOfRound = (rules: readonly UsableRule[], afterBank: boolean): UsableRule[] =>
  rules.filter((rule) => rule.afterBank === afterBank);

export function matching(rules: readonly UsableRule[], payment: Payment): MatchedRule[] {
  return rules
    .filter(({ condition }) => holds(condition, payment))
    .map(({ id, action, predicate, shadow, version }) => ({ id, action, predicate, version, ...(shadow ? { shadow } : {}) }));
}

export function firstOfEach(matched: readonly MatchedRule[]): Matches {
  const deciding = matched.filter(({ shadow }) => shadow === undefined);
  const found = RULE_ACTIONS.map((action) => [action, deciding.find((rule) => rule.action === action)] as const);
  return Object.fromEntries(found.filter(([, rule]) => rule !== undefined));
}
