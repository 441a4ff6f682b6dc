import type { Sql } from '../../db/connect';
import { loadMatching } from '../../db/matching';
import { brandingOf } from '../../domain/checkout/branding';
import type { Scope } from '../../domain/core/steps';
import type { Branding, ChosenBranding } from '../../domain/rows/branding-settings';
import { checkColors } from './check';

/** What a page of this account shows. */
export async function loadBranding(sql: Sql, { account, livemode }: Scope): Promise<Branding> {
  return branded(sql, { account, livemode });
}

/**
 * What the page of a new session shows.
 *
 * @param change what the session changes of the account's settings
 * @throws BillingError parameter_invalid as `checkColors` does
 */
export async function brandingFor(sql: Sql, scope: Scope, change: Partial<ChosenBranding> | undefined): Promise<Branding> {
  const branding = await branded(sql, scope, change);
  if (change !== undefined) checkColors(branding, (property) => `branding_settings[${property}]`);
  return branding;
}

async function branded(sql: Sql, scope: Scope, change?: Partial<ChosenBranding>): Promise<Branding> {
  const rows = await loadMatching(sql, scope, [
    { kind: 'account', filters: [] },
    { kind: 'brandingSettings', filters: [] },
  ]);
  return brandingOf(rows.get('account', scope.account), rows.all('brandingSettings')[0], change);
}
