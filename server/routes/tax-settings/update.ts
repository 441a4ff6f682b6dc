import { loadMatching } from '../../../db/matching';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { changeTaxSettings } from '../../../domain/tax/settings-changes';
import { taxSettings } from '../../../objects/shapes/tax-settings';
import { operation } from '../../http/operation';
import { address, name, object, oneOf, parameters } from '../../http/parameters';
import { showTaxSettings } from './retrieve';

/**
 * Sets the head office, the tax behavior of prices that name none, and the tax code of products that have none.
 *
 * @throws BillingError parameter_invalid, customer_tax_location_invalid (the head office), resource_missing (the tax code)
 */
export const updateTaxSettings = operation({
  method: 'post',
  path: '/v1/tax/settings',
  summary: 'Update the tax settings',
  tag: 'Tax settings',
  parameters: parameters({
    defaults: object({
      tax_behavior: oneOf(['inclusive', 'exclusive', 'inferred_by_currency']).optional(),
      tax_code: name({ max: 30 }).optional(),
    }).optional(),
    head_office: object({ address: address() }).optional(),
  }),
  answer: taxSettings,
  async handle(request) {
    const { defaults, head_office: headOffice } = request.parameters;
    const change = { headOffice: headOffice?.address, taxBehavior: defaults?.tax_behavior, taxCode: defaults?.tax_code };
    await request.change({
      step: 'changeTaxSettings',
      customer: null,
      subject: `tax-settings/${request.scope.account}/${String(request.scope.livemode)}`,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'taxSettings', filters: [] }]),
      plan: (changes) => {
        changeTaxSettings(changes, omitUndefined(change));
      },
    });
    return showTaxSettings(request);
  },
});
