import type { FraudAssessment } from './payment-attempt';
import type { Metadata, Resource } from './resource';

/** In the order in which they are looked at. */
export const RULE_ACTIONS = ['request_3ds', 'allow', 'block', 'review'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** A rule of the seller, in Radar's syntax: `Block if :card_country: = 'XX'`. */
export interface RadarRule extends Resource {
  action: RuleAction;
  /** What follows `if`. */
  predicate: string;
  condition: Condition;
  /** It looks at what the bank has checked, so it counts once the bank has answered. */
  afterBank: boolean;
  active: boolean;
  /** It only records that it matches, and decides nothing. */
  shadow: boolean;
  /** 1, plus one for each change of the rule. */
  version: number;
  metadata: Metadata;
}

export type Comparator = '!=' | '<' | '<=' | '=' | '>' | '>=';

/** `:card_country:`, or the name of metadata as it is written: `::order::`, `::customer:plan::`. With the character at which it begins. */
export interface Operand {
  name: string;
  at: number;
}

export interface Literal {
  value: boolean | number | string;
  at: number;
}

/** A condition as plain JSON, stored with its rule. */
export type Condition =
  | { type: 'all'; of: Condition[] }
  | { type: 'any'; of: Condition[] }
  | { type: 'not'; of: Condition }
  | { type: 'is'; left: Operand }
  | { type: 'missing'; left: Operand }
  | { type: 'compare'; left: Operand; operator: Comparator; right: Literal | Operand }
  | { type: 'in'; left: Operand; list: string; at: number }
  | { type: 'among'; left: Operand; values: Literal[] }
  | { type: 'includes' | 'like'; left: Operand; right: Literal };

export const LIST_TYPES = [
  'account',
  'card_bin',
  'card_fingerprint',
  'case_sensitive_string',
  'country',
  'crypto_fingerprint',
  'customer_id',
  'email',
  'ip_address',
  'sepa_debit_fingerprint',
  'string',
  'us_bank_account_fingerprint',
] as const;
export type ListType = (typeof LIST_TYPES)[number];

/** Values that rules look for: `:email: IN @alias`. */
export interface ValueList extends Resource {
  alias: string;
  name: string;
  itemType: ListType;
  createdBy: string;
  deleted: boolean;
  metadata: Metadata;
}

export interface ValueListItem extends Resource {
  valueList: string;
  value: string;
  /** As it is compared: in small letters, except where case counts. */
  compared: string;
  createdBy: string;
  deleted: boolean;
}

/** A value that a commit puts on the list with this alias. */
export interface ListedValue extends Resource {
  alias: string;
  value: string;
  compared: string;
}

/** What rules, lists and settings have decided on an attempt, and on which values. */
export interface FraudDecision extends Resource {
  attempt: string;
  /** Of a card that is set up: its setup intent. */
  paymentIntent: string;
  round: DecisionRound;
  assessment: FraudAssessment;
  /** Every rule that matched, as it was then. */
  matched: MatchedRule[];
  values: RuleValues;
}

export type DecisionRound = 'after_authentication' | 'after_authorization' | 'before';

export interface MatchedRule {
  id: string;
  action: RuleAction;
  predicate: string;
  version: number;
  /** It has decided nothing. */
  shadow?: true;
}

/** By the names of attributes and metadata. Null: missing. */
export type RuleValues = Record<string, boolean | number | string | null>;
