import { readAccess } from '../../../db/entitlements';
import { cacheSecondsOf, checkAccess } from '../../../domain/access/check';
import { entitlementCheck } from '../../../objects/shapes/entitlement-check';
import { operation } from '../../http/operation';
import { id, name, parameters, quantity } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Says whether a customer may use a feature now, by its lookup key or id, and how much of a limit is left. An app can ask on each request: the
 * answer says how long it can be kept, and `If-None-Match` asks whether it has changed.
 *
 * @throws BillingError parameter_missing, resource_missing (the customer, the feature)
 */
export const checkEntitlement = operation({
  method: 'get',
  path: '/v1/entitlements/check',
  summary: 'Check whether a customer may use a feature',
  tag: 'Entitlements',
  own: true,
  parameters: parameters({
    customer: id(),
    feature: name({ max: 255 }),
    quantity: quantity().default(1),
    used: quantity().default(0),
  }),
  answer: entitlementCheck,
  async handle(request) {
    const { scope, deps } = request;
    const { customer, feature, ...asked } = request.parameters;
    const access = await readAccess(deps.sql, scope, { customer, feature });
    if (!access.isCustomer) return missing('customer', customer, 'customer');
    if (access.feature === null) return missing('entitlementFeature', feature, 'feature');
    const { allowed, used, remaining } = checkAccess(access, asked);
    const { limit, meter, resetsAt, lookupKey } = access;
    return {
      body: {
        object: 'entitlements.check' as const,
        allowed,
        customer,
        feature: access.feature,
        limit,
        livemode: scope.livemode,
        lookup_key: lookupKey,
        meter,
        remaining,
        resets_at: resetsAt,
        used,
      },
      cacheSeconds: cacheSecondsOf(access, access.now ?? Math.floor(Date.now() / 1000)),
    };
  },
});
