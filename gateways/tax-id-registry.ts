/** The port for registries of tax ids. A question changes nothing there, so Dunlin may repeat it. */
import type { TaxIdRegistryName, TaxIdType } from '../domain/rows/tax-id';

/** The registries that this installation can ask; one is absent if it has no key for it. */
export type TaxIdRegistries = Partial<Record<TaxIdRegistryName, TaxIdRegistry>>;

export interface TaxIdRegistry {
  /** @throws RegistryUnavailable */
  check(taxId: CheckedTaxId): Promise<RegistryAnswer>;
}

export interface CheckedTaxId {
  type: TaxIdType;
  /** As the caller sent it, separators included. */
  value: string;
  /** The seller's own tax id of the same type: with one, the registry's answer has a reference. */
  requester: string | null;
}

export interface RegistryAnswer {
  isValid: boolean;
  /** The registry's id of this answer. */
  reference: string | null;
  /** Null if the registry does not say. */
  name: string | null;
  address: string | null;
}

/** The registry did not answer, or answered that it cannot say now. The message has no personal data. */
export class RegistryUnavailable extends Error {
  override name = 'RegistryUnavailable';
}
