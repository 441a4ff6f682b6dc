/** Machines that use a license: a limited number, each by its fingerprint. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { License, LicenseActivation } from '../rows/license';
import { follow } from './licenses';

const DAY = 86_400;

/** Why a license cannot be used; null: it can. */
export function licenseProblem(
  { status, expiresAt }: Pick<License, 'status' | 'expiresAt'>,
  now: number,
): 'expired' | 'revoked' | 'suspended' | null {
  if (status !== 'active') return status;
  return expiresAt !== null && expiresAt <= now ? 'expired' : null;
}

const WORDS = { expired: 'has expired', revoked: 'was revoked', suspended: 'is suspended, because it is not paid' };

/** @throws BillingError license_unusable */
function refuseUnusable(license: License, now: number): void {
  const problem = licenseProblem(license, now);
  if (problem !== null) throw new BillingError('license_unusable', `This license ${WORDS[problem]}.`);
}

/**
 * Activates a machine, or renews what it has: the same fingerprint again takes no other place.
 *
 * @throws BillingError license_unusable, license_activation_limit
 */
export function activate(changes: ChangeSet, license: License, machine: { fingerprint: string; name: string | null }): LicenseActivation {
  refuseUnusable(license, changes.now);
  const used = changes.rows.where('licenseActivation', (each) => each.license === license.id && !each.deleted);
  const known = used.find(({ fingerprint }) => fingerprint === machine.fingerprint);
  const { leaseDays } = changes.rows.get('licensePolicy', license.policy);
  const leasedUntil = Math.min(changes.now + leaseDays * DAY, license.expiresAt ?? Infinity);
  if (known) return changes.patch('licenseActivation', known.id, { leasedUntil, name: machine.name ?? known.name });
  if (license.activationLimit !== null && used.length >= license.activationLimit) {
    const most = `${String(license.activationLimit)} machine${license.activationLimit === 1 ? '' : 's'}`;
    throw new BillingError(
      'license_activation_limit',
      `This license is used on ${most}, as many as it allows. Deactivate one of them first.`,
    );
  }
  return changes.put('licenseActivation', { ...changes.resource('lact'), deleted: false, license: license.id, ...machine, leasedUntil });
}

export function deactivate(changes: ChangeSet, id: string): void {
  changes.patch('licenseActivation', id, { deleted: true });
}

/** By the seller. It stays so. */
export function revokeLicense(changes: ChangeSet, id: string): void {
  const license = changes.rows.get('license', id);
  if (license.statusReason === 'requested') return;
  if (license.status === 'revoked') changes.patch('license', id, { statusReason: 'requested' });
  else follow(changes, license, { status: 'revoked', reason: 'requested' });
}
