/** Creates and changes the seller's tax registrations. None is ever deleted: one that has ended still explains old invoices. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { TaxRegistration } from '../rows/tax-registration';

export type RegistrationTerms = Pick<TaxRegistration, 'country' | 'type' | 'scheme' | 'state' | 'activeFrom' | 'expiresAt'>;

/**
 * Adds a registration. The seller's tax settings and other registrations are among the rows.
 *
 * @throws BillingError parameter_invalid without a head office, for an end before the start, and where the same registration is there already
 */
export function createRegistration(changes: ChangeSet, terms: RegistrationTerms): void {
  const [settings] = changes.rows.all('taxSettings');
  if (!settings?.headOffice) throw new BillingError('parameter_invalid', NO_HEAD_OFFICE);
  const registration: TaxRegistration = { ...changes.resource('taxreg'), ...terms };
  requireOrder(registration);
  requireUnique(changes, registration);
  changes.put('taxRegistration', registration);
}

/**
 * Moves the start of a registration that has not begun, or the end of one that has not ended.
 *
 * @throws BillingError parameter_invalid
 */
export function updateRegistration(
  changes: ChangeSet,
  id: string,
  change: Partial<Pick<TaxRegistration, 'activeFrom' | 'expiresAt'>>,
): void {
  const before = changes.rows.get('taxRegistration', id);
  const hasBegun = before.activeFrom <= changes.now;
  const hasEnded = before.expiresAt !== null && before.expiresAt <= changes.now;
  if (change.activeFrom !== undefined && hasBegun) throw refusal('active_from', 'A registration that has begun keeps its start.');
  if (hasEnded) throw refusal('expires_at', 'A registration that has ended cannot be changed. Create another one.');
  const after = { ...before, ...change };
  requireOrder(after);
  requireUnique(changes, after);
  changes.put('taxRegistration', after);
}

/** One that ends in the second in which it began never counted: it was made by mistake. */
function requireOrder({ activeFrom, expiresAt }: TaxRegistration): void {
  if (expiresAt !== null && expiresAt < activeFrom) throw refusal('expires_at', 'A registration must not end before it begins.');
}

function requireUnique(changes: ChangeSet, one: TaxRegistration): void {
  const others = changes.rows.where('taxRegistration', ({ id }) => id !== one.id);
  const same = others.find((other) => isSame(one, other) && overlap(one, other));
  if (same) throw refusal('country_options', `The registration ${same.id} is for the same tax at the same time.`);
}

function isSame(one: TaxRegistration, other: TaxRegistration): boolean {
  return one.country === other.country && one.type === other.type && one.state === other.state;
}

function overlap(one: TaxRegistration, other: TaxRegistration): boolean {
  return one.activeFrom < (other.expiresAt ?? Infinity) && other.activeFrom < (one.expiresAt ?? Infinity);
}

const refusal = (param: string, message: string): BillingError => new BillingError('parameter_invalid', message, { param });

const NO_HEAD_OFFICE = 'Set your head office first: POST /v1/tax/settings with head_office[address].';
