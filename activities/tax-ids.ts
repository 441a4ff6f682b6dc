import type { TaxIdAnswer } from '../domain/rows/tax-id';
import { findTaxIdToCheck, keepHolder } from '../db/tax-ids';
import { RegistryUnavailable } from '../gateways/tax-id-registry';
import { outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';

/** Asks registries about tax ids. Names stay in Postgres: the answer, which a workflow's history keeps, has none. */
export function createTaxIdActivities({ sql, taxIdRegistries }: ActivityDependencies) {
  return {
    checkTaxId: ({ id }: { id: string }): Promise<TaxIdAnswer> =>
      outside(async () => {
        const { registry, ...taxId } = await findTaxIdToCheck(sql, id);
        try {
          const asked = taxIdRegistries[registry];
          if (!asked) throw new Error(`this worker has no key for the registry ${registry}`);
          const { isValid, reference, name, address } = await asked.check(taxId);
          if (isValid) await keepHolder(sql, id, { name, address });
          return { outcome: isValid ? 'verified' : 'unverified', reference };
        } catch (error) {
          if (error instanceof RegistryUnavailable) throw failure('registry_unavailable', error.message);
          throw error;
        }
      }),
  };
}
