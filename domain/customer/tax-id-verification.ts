/**
 * Whether a registry confirms a customer's tax id. It is asked once, after the tax id was created. The answer flags the tax id and changes no
 * tax: as on Stripe, the presence of a tax id decides. A registry that does not answer is asked again for three days.
 */
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import type { TaxId, TaxIdAnswer, TaxIdRegistryName, TaxIdType } from '../rows/tax-id';

/** The first pause after a registry did not answer, and the longest. Seconds. */
const PAUSE = { first: 300, max: 21_600 };
/** So long after its creation, a tax id that no registry has answered for becomes `unavailable`. Seconds. */
const GIVE_UP_AFTER = 259_200;

/** The registry of each type that Stripe has verified. */
const REGISTRIES: Partial<Record<TaxIdType, TaxIdRegistryName>> = { au_abn: 'abr', eu_vat: 'vies', gb_vat: 'hmrc' };
/** Stripe's values in test mode, with or without the prefix of a country: verified, unverified, pending forever. */
const TEST_VALUES = ['000000000', '111111111', '222222222'];
const FOREVER = '222222222';

type Value = Pick<TaxId, 'type' | 'value'>;
type Verification = Pick<TaxId, 'verification' | 'registry' | 'checkingSince' | 'nextCheckAt' | 'checkedAt' | 'registryReference'> &
  Pick<TaxId, 'verifiedName' | 'verifiedAddress'>;

/** Whether it is one of Stripe's test values, which need not have the format of their type. */
export function isTestValue(livemode: boolean, { type, value }: Value): boolean {
  return !livemode && type in REGISTRIES && TEST_VALUES.includes(numberOf(value));
}

/** The number of a tax id without its country and separators: `DE 123 456 789` is `123456789`. */
export const numberOf = (value: string): string =>
  value
    .toUpperCase()
    .replace(/[ ./-]/g, '')
    .replace(/^[A-Z]{2}/, '');

/** The verification of a new tax id: `pending` if there is a registry to ask. */
export function firstVerification({ context, now }: ChangeSet, taxId: Value & Pick<TaxId, 'livemode' | 'customer'>): Verification {
  const registry = registryOf(taxId, context.registries ?? []);
  const isForever = isTestValue(taxId.livemode, taxId) && numberOf(taxId.value) === FOREVER;
  const open = registry !== null || isForever ? 'pending' : 'unavailable';
  return {
    verification: taxId.customer === null ? null : open,
    registry,
    checkingSince: registry === null ? null : now,
    ...{ nextCheckAt: null, checkedAt: null, registryReference: null, verifiedName: null, verifiedAddress: null },
  };
}

/** In test mode nobody is asked about a number that may be real. */
function registryOf(
  { livemode, customer, type, value }: Value & Pick<TaxId, 'livemode' | 'customer'>,
  asked: readonly TaxIdRegistryName[],
): TaxIdRegistryName | null {
  if (customer === null) return null;
  if (livemode) return asked.find((each) => each === REGISTRIES[type]) ?? null;
  return isTestValue(livemode, { type, value }) && numberOf(value) !== FOREVER ? 'sandbox' : null;
}

/** Records what the registry has answered. A tax id that was deleted meanwhile is not among the rows, and nothing happens. */
export function recordTaxIdCheck(changes: ChangeSet, input: StepInput<unknown, TaxIdAnswer>): void {
  const taxId = changes.rows.find('taxId', input.subject);
  if (!taxId) return;
  const { answer } = input;
  changes.outcome = `${taxId.id}: ${answer.outcome}`;
  if (answer.outcome === 'unknown') return waitForRegistry(changes, taxId);
  const { outcome: verification, reference: registryReference } = answer;
  conclude(changes, taxId, { verification, registryReference, checkedAt: changes.now });
}

function waitForRegistry(changes: ChangeSet, taxId: TaxId): void {
  const waited = changes.now - taxId.created;
  if (waited >= GIVE_UP_AFTER) return conclude(changes, taxId, { verification: 'unavailable' });
  const pause = Math.min(Math.max(waited, PAUSE.first), PAUSE.max);
  changes.patch('taxId', taxId.id, { checkingSince: null, nextCheckAt: changes.now + pause });
}

function conclude(changes: ChangeSet, { id }: TaxId, change: Partial<TaxId>): void {
  changes.patch('taxId', id, { ...change, checkingSince: null, nextCheckAt: null });
  changes.emitUpdated('customer.tax_id.updated', 'taxId', id);
}

/** Asks a registry again that did not answer. */
export function checkTaxIdAgain(changes: ChangeSet, input: StepInput): void {
  changes.patch('taxId', input.subject, { checkingSince: changes.now, nextCheckAt: null });
}
