import { lockAccount } from '../../../db/accounts';
import { loadMatching } from '../../../db/matching';
import { createRegistration } from '../../../domain/tax/registration-changes';
import { operation } from '../../http/operation';
import { name, parameters, timestamp, timestampOrNow } from '../../http/parameters';
import { countryOptions, registrationOf } from './parameters';

/**
 * Records that the seller is registered for a tax, from now on or later. Tax is collected only where there is a registration.
 *
 * @throws BillingError parameter_missing, parameter_invalid, also without a head office, and where the same registration is there already
 */
export const createTaxRegistration = operation({
  method: 'post',
  path: '/v1/tax/registrations',
  summary: 'Create a tax registration',
  tag: 'Tax registrations',
  parameters: parameters({
    active_from: timestampOrNow(),
    country: name({ max: 2 }),
    country_options: countryOptions(),
    expires_at: timestamp().optional(),
  }),
  shows: 'taxRegistration',
  async handle(request) {
    const { active_from: from, country, country_options: options, expires_at: expiresAt = null } = request.parameters;
    const terms = registrationOf(country, options);
    await request.change({
      step: 'createTaxRegistration',
      customer: null,
      load: async (tx) => {
        // Two at once must not both find that there is none yet.
        await lockAccount(tx, request.scope.account);
        return loadMatching(tx, request.scope, [
          { kind: 'taxSettings', filters: [] },
          { kind: 'taxRegistration', filters: [] },
        ]);
      },
      plan: (changes) => {
        createRegistration(changes, { ...terms, activeFrom: from === 'now' ? changes.now : from, expiresAt });
      },
    });
    return { kind: 'taxRegistration', key: request.newId('taxreg') };
  },
});
