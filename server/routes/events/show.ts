import type { EventWithDeliveries } from '../../../db/webhooks/events';
import { BillingError } from '../../../domain/core/errors';
import { toStripeEvent } from '../../../objects/event';
import type { WireEvent } from '../../../objects/shapes/event';

export const showEvent = ({ pendingWebhooks, ...event }: EventWithDeliveries): WireEvent => toStripeEvent(event, pendingWebhooks);

export function missingEvent(id: string, param = 'id'): never {
  throw new BillingError('resource_missing', `No such event: '${id}'`, { param });
}
