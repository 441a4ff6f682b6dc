import { loadMatching } from '../../../db/matching';
import { NOTHING_CHOSEN } from '../../../domain/checkout/branding';
import { toBrandingSettings } from '../../../objects/branding-settings';
import { brandingSettings, type WireBrandingSettings } from '../../../objects/shapes/branding-settings';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** How the pages look that buyers and customers see, in the key's mode. Null: as usual. */
export const retrieveBrandingSettings = operation({
  method: 'get',
  path: '/v1/branding_settings',
  summary: 'Retrieve the branding settings',
  tag: 'Branding settings',
  own: true,
  parameters: parameters({}),
  answer: brandingSettings,
  handle: showBrandingSettings,
});

export async function showBrandingSettings(request: ApiRequest<unknown>): Promise<{ body: WireBrandingSettings }> {
  const rows = await loadMatching(request.deps.sql, request.scope, [{ kind: 'brandingSettings', filters: [] }]);
  const [settings = { branding: NOTHING_CHOSEN, livemode: request.scope.livemode }] = rows.all('brandingSettings');
  return { body: toBrandingSettings(settings) };
}
