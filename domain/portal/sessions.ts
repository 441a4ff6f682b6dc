/** Portal sessions: short-lived, unguessable addresses at which a customer manages what it has. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { PortalConfiguration } from '../rows/portal';
import { makeDefaultConfiguration } from './configurations';
import { portalFlow, type PortalFlowParameters } from './flows';

export interface PortalSessionParameters {
  customer: string;
  configuration?: string | undefined;
  flow_data?: PortalFlowParameters | undefined;
  locale?: string | undefined;
  return_url?: string | undefined;
}

/** How long an address lives that nobody has opened, and how long after the last visit. Seconds. */
const UNOPENED_SECONDS = 300;
export const IDLE_SECONDS = 3600;

/** @throws BillingError parameter_invalid for an inactive configuration, and as `portalFlow` does */
export function createPortalSession(changes: ChangeSet, params: PortalSessionParameters, origin: string): void {
  const { customer, flow_data: flow, locale = null, return_url: returnUrl } = params;
  const configuration = configurationOf(changes, params.configuration);
  const resource = changes.resource('bps');
  changes.put('portalSession', {
    ...resource,
    customer,
    configuration: configuration.id,
    flow: flow === undefined ? null : portalFlow(changes.rows, configuration, customer, flow),
    locale,
    returnUrl: returnUrl ?? configuration.defaultReturnUrl,
    url: `${origin}/p/session/${changes.context.secretFor(resource.id)}`,
    expiresAt: changes.now + UNOPENED_SECONDS,
  });
  changes.emit('billing_portal.session.created', 'portalSession', resource.id);
}

function configurationOf(changes: ChangeSet, id: string | undefined): PortalConfiguration {
  if (id === undefined) return changes.rows.first('portalConfiguration', ({ isDefault }) => isDefault) ?? makeDefaultConfiguration(changes);
  const configuration = changes.rows.get('portalConfiguration', id);
  if (configuration.active) return configuration;
  throw new BillingError('parameter_invalid', `The configuration '${id}' is inactive. Only active configurations open sessions.`, {
    param: 'configuration',
  });
}
