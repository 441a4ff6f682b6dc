/** Stripe's rules of metadata: a change is merged key by key, an empty value removes its key, and there are at most 50 keys. */
import { BillingError } from './errors';
import type { Metadata } from '../rows/resource';
import { LIMITS } from './limits';

/**
 * The merged metadata. An absent `change` keeps everything; null removes everything.
 *
 * @throws BillingError parameter_invalid
 */
export function mergeMetadata(current: Metadata, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return current;
  if (change === null) return {};
  const merged = Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''));
  if (Object.keys(merged).length > LIMITS.metadataKeys.max) {
    throw new BillingError('parameter_invalid', `Metadata can have at most ${String(LIMITS.metadataKeys.max)} keys.`, {
      param: 'metadata',
    });
  }
  return merged;
}
