/** The cardholder comes from their bank's page: the attempt that waits for them continues, and they go on to the shop. */
import { createHash } from 'node:crypto';
import type { IntentOfSecret } from '../../db/client-secrets';
import { customerTime } from '../../db/lookup';
import { claimRequest, finishRequest } from '../../db/requests';
import { BillingError } from '../../domain/core/errors';
import { workflowId } from '../../domain/rows/workflow';
import { finishAuthenticationUpdate, type verifyMicrodepositsUpdate } from '../../workflows/contract';
import type { Dependencies } from '../http/dependencies';
import { conclude } from '../http/settling';

/**
 * As in the API's own calls: the request is stored, and the workflow finds it by its id.
 *
 * @param result `succeeded`: the processor is asked what has come of it
 */
export async function finishAuthentication(
  deps: Dependencies,
  { row }: IntentOfSecret,
  { id, path, result }: { id: string; path: string; result: 'succeeded' | 'failed' },
): Promise<void> {
  await tell(deps, row, finishAuthenticationUpdate, { id, path, result });
}

/** What the payer has done on a page, for the intent's workflow. */
export async function tell(
  deps: Dependencies,
  row: IntentOfSecret['row'],
  update: typeof finishAuthenticationUpdate | typeof verifyMicrodepositsUpdate,
  { id, path, result }: { id: string; path: string; result: string },
): Promise<void> {
  const { account, livemode, customer } = row;
  const created = Math.floor(Date.now() / 1000);
  const time = customer === null ? null : await customerTime(deps.sql, { account, livemode }, customer);
  // Before the request is kept: what is refused here comes again.
  if (time?.advancing) throw new BillingError('lock_timeout', 'The test clock is advancing. Please retry when it is ready.');
  const parameters = { result, path: {} };
  const hash = createHash('sha256').update(result).digest('hex');
  await claimRequest(deps.sql, {
    ...{ id, account, livemode, idempotencyKey: null, method: 'POST', path, hash, parameters, created, holder: id },
  });
  const entity = { kind: 'payment' as const, subject: row.id, account, livemode, customer, testClock: time?.testClock ?? null };
  try {
    const now = time?.now ?? created;
    const answer = await deps.changes.change(entity, update, { commitKey: id, now });
    await conclude(deps.sql, answer, { workflow: workflowId(entity.kind, entity.subject), now });
  } catch (error) {
    // The intent shows a decline, or that another request was faster.
    if (!(error instanceof BillingError)) throw error;
  }
  await finishRequest(deps.sql, id, { status: 303, response: '', apiVersion: null }, null);
}

/** Whether the payer has nothing more to do. */
export const isDone = ({ row }: IntentOfSecret): boolean => ['succeeded', 'requires_capture', 'processing'].includes(row.status);

/** Where the payer goes on, with what Stripe adds to the address. Null: the intent names no place. */
export function returnAddress(intent: IntentOfSecret): string | null {
  const { kind, row } = intent;
  const back = row.returnUrl === null || !URL.canParse(row.returnUrl) ? null : new URL(row.returnUrl);
  if (back === null) return null;
  const name = kind === 'paymentIntent' ? 'payment_intent' : 'setup_intent';
  back.searchParams.set(name, row.id);
  back.searchParams.set(`${name}_client_secret`, row.clientSecret);
  back.searchParams.set('redirect_status', isDone(intent) ? 'succeeded' : 'failed');
  return back.href;
}
