import { loadMatching } from '../../../db/matching';
import { changeBranding } from '../../../domain/checkout/branding';
import { brandingSettings } from '../../../objects/shapes/branding-settings';
import { checkColors } from '../../branding/check';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { brandingShape, chosenBranding } from '../../schemas/branding';
import { showBrandingSettings } from './retrieve';

/**
 * Sets how pages look. What is not named stays, and an empty value removes a choice. Open checkout sessions keep what they had.
 *
 * @throws BillingError parameter_invalid, also where a page could not be read with these colors
 */
export const updateBrandingSettings = operation({
  method: 'post',
  path: '/v1/branding_settings',
  summary: 'Update the branding settings',
  tag: 'Branding settings',
  own: true,
  parameters: parameters(brandingShape),
  answer: brandingSettings,
  async handle(request) {
    await request.change({
      step: 'changeBranding',
      customer: null,
      subject: `branding-settings/${request.scope.account}/${String(request.scope.livemode)}`,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'brandingSettings', filters: [] }]),
      plan: (changes) => {
        changeBranding(changes, chosenBranding(request.parameters));
        const [saved] = changes.rows.all('brandingSettings');
        if (saved) checkColors(saved.branding, (property) => property);
      },
    });
    return showBrandingSettings(request);
  },
});
