/** What becomes of an object of another billing system: the rows that it names, and the plan that makes ours of it; or why it is not taken. */
import type { ChangeSet, Keeps } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { Named } from '../core/steps';
import { isBilledHere, type Customer } from '../rows/customer';
import type { Outcome, Problem } from '../rows/import';
import type { RowKind } from '../rows/rows';
import { idOf, type Reference } from './source-parts';

/** Usage of one hour, or of its part from a period's beginning on, at an instant in it. */
export interface TakenUsage {
  meter: string;
  at: number;
  /** Decimal text. */
  value: string;
}

export interface Taking {
  /** The rows on which the plan decides. Coupons by the ids that callers know. */
  named: Named;
  /** The customer whose row is locked; null: none. */
  customer: string | null;
  /** Rows in which the same value must not occur twice: prices with the look-up key, meters with the event's name. */
  alike?: { kind: RowKind; column: string; value: string };
  /** The text of a promotion code. Codes with the same are among the rows. */
  word?: string;
  /** The subscription whose facts are loaded. */
  subscription?: string;
  /** The schedule whose row is loaded, also before its start. */
  schedule?: string | null;
  keeps: Keeps;
  /** Usage of the customer that the source has counted and not billed. */
  usage?: readonly TakenUsage[];
  /** What of it is left out, with the reason. */
  problems: Problem[];
  /**
   * Makes our object, or changes it.
   *
   * @throws BillingError if it cannot be ours: nothing of it is taken then
   */
  plan: (changes: ChangeSet) => Extract<Outcome, 'changed' | 'taken' | 'unchanged'>;
}

export interface NotTaken {
  outcome: Extract<Outcome, 'reference' | 'refused' | 'skipped'>;
  problems: Problem[];
  /** Of what stays at the source. */
  summary?: Record<string, unknown>;
}

export const isTaking = (decided: NotTaken | Taking): decided is Taking => 'plan' in decided;

/**
 * All that is billed to a customer is billed by the same system.
 *
 * @throws BillingError parameter_invalid
 */
export function requireOneBiller(owner: Customer, billedBy: Customer['billedBy']): void {
  if (owner.billedBy === billedBy) return;
  const message = isBilledHere(owner)
    ? 'Dunlin bills the customer already, and the other system bills this subscription. End it there, and create it at Dunlin.'
    : 'Another system still bills the customer. Cut the customer over first.';
  throw new BillingError('parameter_invalid', message, { param: 'customer' });
}

/** A refusal of ours, about the property that the source calls the same. */
export function problemOf({ details, message }: BillingError): Problem {
  const field = (details.param ?? 'id').replaceAll('][', '.').replaceAll('[', '.').replaceAll(']', '');
  return { field, reason: message };
}

/** Reasons for which the object is not taken, of those whose condition holds. */
export const reasons = (all: Record<string, readonly [condition: boolean, reason: string]>): Problem[] =>
  Object.entries(all).flatMap(([field, [condition, reason]]) => (condition ? [{ field, reason }] : []));

/**
 * The tax rates that an object names.
 *
 * @throws BillingError resource_missing for one that was not taken
 */
export const taxRatesIn = (changes: ChangeSet, rates: readonly Reference[] | null | undefined, param: string): string[] =>
  (rates ?? []).map(idOf).map((rate) => changes.rows.find('taxRate', rate)?.id ?? notTaken('tax rate', rate, param));

/** @throws BillingError resource_missing: what the object names has not been taken */
export function notTaken(what: string, id: string, param: string): never {
  throw new BillingError('resource_missing', `The ${what} ${id} was not taken.`, { param });
}
