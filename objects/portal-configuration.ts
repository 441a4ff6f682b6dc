import type { PortalConfiguration } from '../domain/rows/portal';
import type { WirePortalConfiguration } from './shapes/portal-configuration';

/** Stripe's portal configuration. The products that customers may change to are shown only when expanded. */
export function toStripePortalConfiguration(configuration: PortalConfiguration): WirePortalConfiguration {
  return {
    id: configuration.id,
    object: 'billing_portal.configuration',
    active: configuration.active,
    application: null,
    business_profile: configuration.businessProfile,
    created: configuration.created,
    default_return_url: configuration.defaultReturnUrl,
    features: toFeatures(configuration),
    is_default: configuration.isDefault,
    livemode: configuration.livemode,
    login_page: configuration.loginPage,
    metadata: configuration.metadata,
    name: configuration.name,
    updated: configuration.updated,
  };
}

function toFeatures({ features }: PortalConfiguration): WirePortalConfiguration['features'] {
  const { subscription_cancel: cancel, subscription_update: update } = features;
  return {
    customer_update: features.customer_update,
    invoice_history: features.invoice_history,
    payment_method_update: { ...features.payment_method_update, payment_method_configuration: null },
    subscription_cancel: { ...cancel, cancellation_reason: { ...cancel.cancellation_reason, feedback_options: null } },
    subscription_pause: features.subscription_pause,
    subscription_update: {
      billing_cycle_anchor: update.billing_cycle_anchor,
      default_allowed_updates: update.default_allowed_updates,
      enabled: update.enabled,
      proration_behavior: update.proration_behavior,
      schedule_at_period_end: update.schedule_at_period_end,
      trial_update_behavior: update.trial_update_behavior,
    },
  };
}
