import type { Config } from '../../config';
import type { TaxIdRegistryName } from '../../domain/rows/tax-id';

/** The registries of tax ids that this installation can ask about real numbers. */
export function registriesOf({ hmrc, abr }: Pick<Config, 'hmrc' | 'abr'>): TaxIdRegistryName[] {
  return ['vies', ...(hmrc ? (['hmrc'] as const) : []), ...(abr ? (['abr'] as const) : [])];
}
