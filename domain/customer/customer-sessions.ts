/** Customer sessions: a secret with which a page of the seller knows its customer for half an hour. */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type {
  CustomerSession,
  CustomerSessionComponents,
  CustomerSheetFeatures,
  MobileElementFeatures,
  PaymentElementFeatures,
} from '../rows/customer-session';

const HALF_HOUR = 1800;

type Sent<T> = { [K in keyof T]?: T[K] | undefined };
type Part<Features = never> = { enabled: boolean; features?: Sent<Features> | undefined } | undefined;

/** As the route's schema parsed it. */
export interface ComponentParameters {
  active_entitlements?: Part;
  buy_button?: Part;
  customer_portal?: Part;
  customer_sheet?: Part<CustomerSheetFeatures>;
  mobile_payment_element?: Part<MobileElementFeatures>;
  payment_element?: Part<PaymentElementFeatures>;
  pricing_table?: Part;
}

/** @throws BillingError resource_missing for a deleted customer, parameter_invalid if no component is enabled */
export function createCustomerSession(changes: ChangeSet, customer: string, params: ComponentParameters): CustomerSession {
  if (changes.rows.get('customer', customer).deleted) {
    throw new BillingError('resource_missing', `No such customer: '${customer}'`, { param: 'customer' });
  }
  const components = componentsOf(params);
  if (!Object.values(components).some(({ enabled }) => enabled)) {
    throw new BillingError('parameter_invalid', 'At least one component must be enabled.', { param: 'components' });
  }
  const resource = changes.resource('cuss');
  return changes.put('customerSession', {
    ...resource,
    clientSecret: changes.context.secretFor(resource.id),
    customer,
    components,
    expiresAt: changes.now + HALF_HOUR,
  });
}

/** Whether a page of the seller may still act for the customer with this component. `now`: epoch seconds. */
export function isUsable({ components, expiresAt }: CustomerSession, component: keyof CustomerSessionComponents, now: number): boolean {
  return expiresAt > now && components[component].enabled;
}

function componentsOf(params: ComponentParameters): CustomerSessionComponents {
  return {
    active_entitlements: plain(params.active_entitlements),
    buy_button: plain(params.buy_button),
    customer_portal: plain(params.customer_portal),
    customer_sheet: withFeatures(params.customer_sheet, SHEET),
    mobile_payment_element: withFeatures(params.mobile_payment_element, MOBILE),
    payment_element: withFeatures(params.payment_element, ELEMENT),
    pricing_table: plain(params.pricing_table),
  };
}

const plain = (part: Part): { enabled: boolean } => ({ enabled: part?.enabled ?? false });

/** A component that is off has no features. */
function withFeatures<F extends object>(part: Part<F>, defaults: F): { enabled: boolean; features: F | null } {
  if (part?.enabled !== true) return { enabled: false, features: null };
  return { enabled: true, features: { ...defaults, ...omitUndefined(part.features ?? {}) } };
}

const SHEET: CustomerSheetFeatures = { payment_method_allow_redisplay_filters: ['always'], payment_method_remove: 'disabled' };
const MOBILE: MobileElementFeatures = {
  ...SHEET,
  payment_method_redisplay: 'disabled',
  payment_method_save: 'disabled',
  payment_method_save_allow_redisplay_override: null,
};
const ELEMENT: PaymentElementFeatures = {
  ...SHEET,
  payment_method_redisplay: 'disabled',
  payment_method_redisplay_limit: null,
  payment_method_save: 'disabled',
  payment_method_save_usage: null,
};
