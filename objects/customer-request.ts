import type { CustomerRequest } from '../domain/rows/customer-request';
import type { WireCustomerRequest } from './shapes/customer-request';

/** What a customer asks for by law. */
export function toCustomerRequest(request: CustomerRequest): WireCustomerRequest {
  const { id, created, customer, declaration, livemode, note, owner, plan, status, subscription, type, url } = request;
  return {
    ...{ id, object: 'customer_request', created, customer, declaration, livemode, note, owner, status, subscription, type, url },
    due_at: request.dueAt,
    missed_at: request.missedAt,
    open_reason: request.openReason,
    plan: plan && { effect: plan.effect, ends_at: plan.endsAt, refunds: plan.refunds },
    resolved_at: request.resolvedAt,
  };
}
