/** The workflow that a write goes to: the object's present owner, so that there is one writer at a time. */
import { findInvoiceOwner } from '../../db/invoice-owner';
import { idSource } from '../../db/ids';
import { committedBy, wasCommitted } from '../../db/timeline';
import { BillingError } from '../../domain/core/errors';
import type { Invoice } from '../../domain/rows/invoice';
import type { Subscription } from '../../domain/rows/subscription';
import { workflowId, type EntityRef } from '../../domain/rows/workflow';
import type { ChangeUpdate } from '../../workflows/contract';
import { missing, type ApiRequest } from '../http/request';

type Update = ChangeUpdate;
export type Entity = Pick<EntityRef, 'kind' | 'subject' | 'customer'>;

export const subscriptionEntity = ({ id, customer }: Pick<Subscription, 'id' | 'customer'>): Entity => ({
  kind: 'subscription',
  subject: id,
  customer,
});

/**
 * The workflow that owns an invoice: a running dunning; else its subscription, unless ended; else the invoice's own workflow. `target`
 * names the invoice to a subscription. A request that is repeated after a crash goes to the same workflow as before, because its own
 * effects may have changed the owner (it paid, so the dunning ended).
 */
export async function invoiceEntity<P>(request: ApiRequest<P>, invoice: Invoice): Promise<{ entity: Entity; target?: string }> {
  const { id, customer, subscription } = invoice;
  const owner = (await pastOwner(request, invoice)) ?? (await findInvoiceOwner(request.deps.sql, id));
  if (owner === 'dunning') return { entity: { kind: 'dunning', subject: id, customer } };
  if (owner === 'subscription' && subscription !== null) {
    return { entity: { kind: 'subscription', subject: subscription, customer }, target: id };
  }
  return { entity: { kind: 'invoice', subject: id, customer } };
}

/** The kind of the workflow that has committed this same request. */
async function pastOwner<P>(request: ApiRequest<P>, { id, subscription }: Invoice): Promise<string | null> {
  if (request.idempotencyKey === null) return null;
  const own = subscription === null ? [] : [workflowId('subscription', subscription)];
  const workflow = await committedBy(request.deps.sql, [workflowId('dunning', id), workflowId('invoice', id), ...own], request.id);
  return workflow?.split('/')[0] ?? null;
}

/** The invoice in the path. A deleted draft is not found. */
export async function findInvoice<P>(request: ApiRequest<P>): Promise<Invoice> {
  const invoice = await request.find('invoice', request.pathId('invoice'));
  return invoice.deleted ? missing('invoice', invoice.id) : invoice;
}

/** Makes the owner of the path's invoice do the change. A deleted draft is not found. */
export async function changeInvoice<P>(request: ApiRequest<P>, update: Update): Promise<{ kind: 'invoice'; key: string }> {
  const invoice = await request.find('invoice', request.pathId('invoice'));
  const { entity, target } = await invoiceEntity(request, invoice);
  await unlessDone(request, entity, () => {
    if (invoice.deleted) missing('invoice', invoice.id);
  });
  await request.changeThroughWorkflow(entity, update, target);
  return { kind: 'invoice', key: invoice.id };
}

/**
 * Runs checks before the call to a workflow. A request that is repeated after a crash may fail them because of its own effects (it deleted
 * the object); then they are skipped, and the workflow finds the earlier commit.
 */
export async function unlessDone<P>(request: ApiRequest<P>, entity: Entity, checks: () => Promise<void> | void): Promise<void> {
  try {
    await checks();
  } catch (error) {
    const isRefusal = error instanceof BillingError && request.idempotencyKey !== null;
    if (!isRefusal || !(await wasCommitted(request.deps.sql, workflowId(entity.kind, entity.subject), request.id))) throw error;
  }
}

/** The id that the workflow's step gives to the first object with this prefix that the request creates. */
export function madeBy<P>(request: ApiRequest<P>, { kind, subject }: Entity, prefix: string): string {
  return idSource(request.deps.secret, workflowId(kind, subject), request.id)(prefix, 0);
}
