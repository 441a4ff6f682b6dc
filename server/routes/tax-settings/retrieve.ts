import { loadMatching } from '../../../db/matching';
import { toStripeTaxSettings } from '../../../objects/tax-settings';
import { taxSettings, type WireTaxSettings } from '../../../objects/shapes/tax-settings';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** The seller's settings for automatic tax, in the key's mode. */
export const retrieveTaxSettings = operation({
  method: 'get',
  path: '/v1/tax/settings',
  summary: 'Retrieve the tax settings',
  tag: 'Tax settings',
  parameters: parameters({}),
  answer: taxSettings,
  handle: showTaxSettings,
});

export async function showTaxSettings(request: ApiRequest<unknown>): Promise<{ body: WireTaxSettings }> {
  const rows = await loadMatching(request.deps.sql, request.scope, [{ kind: 'taxSettings', filters: [] }]);
  const [settings = { ...NOTHING_SET, livemode: request.scope.livemode }] = rows.all('taxSettings');
  return { body: toStripeTaxSettings(settings) };
}

const NOTHING_SET = { headOffice: null, taxBehavior: null, taxCode: null };
