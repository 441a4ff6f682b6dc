/** Which products come with a license key, and the keys that sign. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type { LicensePolicy } from '../rows/license';
import type { Metadata } from '../rows/resource';

interface PolicyTerms {
  activation_limit?: number | null | undefined;
  duration_days?: number | null | undefined;
  lease_days?: number | undefined;
  on_refund?: LicensePolicy['onRefund'] | undefined;
  on_dispute?: LicensePolicy['onDispute'] | undefined;
  on_cancellation?: LicensePolicy['onCancellation'] | undefined;
  metadata?: Metadata | null | undefined;
}

/** @throws BillingError resource_already_exists if the product has an active policy */
export function createLicensePolicy(changes: ChangeSet, { product, metadata, ...terms }: PolicyTerms & { product: string }): void {
  if (changes.rows.first('licensePolicy', (each) => each.active && each.product === product)) {
    throw new BillingError('resource_already_exists', `The product '${product}' already has an active license policy.`, {
      param: 'product',
    });
  }
  changes.put('licensePolicy', {
    ...changes.resource('lpol'),
    active: true,
    product,
    activationLimit: null,
    durationDays: null,
    leaseDays: 30,
    onRefund: 'revoke',
    onDispute: 'revoke',
    onCancellation: 'revoke',
    ...settingsOf(terms),
    metadata: mergeMetadata({}, metadata),
  });
}

/**
 * Changes what licenses of later purchases get; what a refund, a dispute or a cancellation does holds for earlier ones, too.
 *
 * @throws BillingError resource_already_exists if another policy of the product is active
 */
export function updateLicensePolicy(
  changes: ChangeSet,
  id: string,
  { active, metadata, ...terms }: PolicyTerms & { active?: boolean | undefined },
): void {
  const policy = changes.rows.get('licensePolicy', id);
  if (active === true && changes.rows.first('licensePolicy', (each) => each.active && each.id !== id && each.product === policy.product)) {
    throw new BillingError('resource_already_exists', `The product '${policy.product}' already has an active license policy.`, {
      param: 'active',
    });
  }
  changes.patch('licensePolicy', id, {
    ...settingsOf(terms),
    active: active ?? policy.active,
    metadata: mergeMetadata(policy.metadata, metadata),
  });
}

function settingsOf(terms: Omit<PolicyTerms, 'metadata'>): Partial<LicensePolicy> {
  return omitUndefined({
    activationLimit: terms.activation_limit,
    durationDays: terms.duration_days,
    leaseDays: terms.lease_days,
    onRefund: terms.on_refund,
    onDispute: terms.on_dispute,
    onCancellation: terms.on_cancellation,
  });
}

/** A new key signs from now on. The others stay in the ring, because they verify what they have signed. */
export function rotateSigningKey(changes: ChangeSet): void {
  for (const { id } of changes.rows.where('licenseSigningKey', ({ active }) => active)) {
    changes.patch('licenseSigningKey', id, { active: false });
  }
  changes.put('licenseSigningKey', { ...changes.resource('lsk'), active: true });
}
