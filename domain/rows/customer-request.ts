/** What a customer asks of the seller by law: to end a contract, to withdraw from it, or to be deleted. Dunlin's own. */
import type { Resource } from './resource';

export const CUSTOMER_REQUEST_TYPES = ['cancellation', 'deletion', 'withdrawal'] as const;
export type CustomerRequestType = (typeof CUSTOMER_REQUEST_TYPES)[number];

/**
 * Why a person must decide. `no_contract`: the e-mail address and the contract do not belong together, so nobody has proved to be the customer.
 */
export const OPEN_REASONS = [
  'extraordinary',
  'later_date',
  'no_contract',
  'not_possible',
  'payment_pending',
  'reviewed',
  'too_late',
] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

export interface CustomerRequest extends Resource {
  type: CustomerRequestType;
  status: 'done' | 'open' | 'refused';
  /** Null until it is known whose request it is. */
  customer: string | null;
  subscription: string | null;
  declaration: Declaration;
  /** Who answers: a team or a person of the seller. */
  owner: string;
  /** By when. Epoch seconds. */
  dueAt: number;
  /** Null: nobody has to decide. */
  openReason: OpenReason | null;
  /** What is done, fixed when the request is accepted, so that a repetition does the same. */
  plan: ContractPlan | null;
  /** The seller's words, for a refusal also the reason. */
  note: string | null;
  resolvedAt: number | null;
  /** When a person decided to do what it asks for. Null: nobody had to, or nobody has. */
  acceptedAt: number | null;
  /** When its deadline passed, and nobody had answered. */
  missedAt: number | null;
  /** The page of the confirmation. Unguessable. */
  url: string;
}

/** What the confirmation of a request says. */
export type Declared = Pick<
  CustomerRequest,
  'created' | 'declaration' | 'dueAt' | 'id' | 'note' | 'openReason' | 'plan' | 'status' | 'type'
>;

/** What the customer has declared, in its own words. */
export interface Declaration {
  name: string;
  email: string;
  /** What the customer calls the contract by: the id of a subscription, or the number of an invoice. */
  contract: string;
  /** Only of cancellations. `extraordinary`: at once, for a reason. */
  kind: 'extraordinary' | 'ordinary';
  /** Only of cancellations: `YYYY-MM-DD`; null for the earliest possible date. */
  date: string | null;
  statement: string | null;
  /** The language of the page. */
  locale: string;
}

export interface ContractPlan {
  effect: 'at_period_end' | 'immediately';
  /** When the contract ends. Epoch seconds. */
  endsAt: number;
  /** Minor units of the charge's currency. */
  refunds: { charge: string; invoice: string; amount: number; currency: string }[];
}
