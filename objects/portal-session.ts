import type { PortalFlow, PortalSession } from '../domain/rows/portal';
import type { WirePortalSession } from './shapes/portal-session';

type WireFlow = NonNullable<WirePortalSession['flow']>;

/** Stripe's session of the customer portal. */
export function toStripePortalSession(session: PortalSession): WirePortalSession {
  return {
    id: session.id,
    object: 'billing_portal.session',
    configuration: session.configuration,
    created: session.created,
    customer: session.customer,
    customer_account: null,
    flow: session.flow === null ? null : toFlow(session.flow),
    livemode: session.livemode,
    locale: session.locale,
    on_behalf_of: null,
    return_url: session.returnUrl,
    url: session.url,
  };
}

function toFlow({ type, after_completion: after, subscription, items, discounts, retention }: PortalFlow): WireFlow {
  const of = <Details>(name: PortalFlow['type'], details: Details): Details | null => (type === name ? details : null);
  const named = { subscription: subscription ?? '' };
  return {
    after_completion: afterCompletion(after),
    customer_update: of('customer_update', {}),
    subscription_cancel: of('subscription_cancel', { ...named, retention: toRetention(retention) }),
    subscription_pause: of('subscription_pause', named),
    subscription_update: of('subscription_update', named),
    subscription_update_confirm: of('subscription_update_confirm', {
      ...named,
      discounts: discounts?.map(({ coupon = null, promotion_code: code = null }) => ({ coupon, promotion_code: code })) ?? null,
      items: toItems(items ?? []),
    }),
    type,
  };
}

const toRetention = (coupon: string | null): NonNullable<WireFlow['subscription_cancel']>['retention'] =>
  coupon === null ? null : { coupon_offer: { coupon }, type: 'coupon_offer' };

function toItems(items: NonNullable<PortalFlow['items']>): NonNullable<WireFlow['subscription_update_confirm']>['items'] {
  return items.map(({ id, price, quantity }) => ({ id, price, ...(quantity === null ? {} : { quantity }) }));
}

function afterCompletion(after: PortalFlow['after_completion']): WireFlow['after_completion'] {
  return {
    hosted_confirmation: after.type === 'hosted_confirmation' ? { custom_message: after.custom_message } : null,
    redirect: after.type === 'redirect' ? { return_url: after.return_url } : null,
    type: after.type,
  };
}
