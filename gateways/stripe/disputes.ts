import Stripe from 'stripe';
import type { EvidenceRequest, OperationOnDispute } from '../payment-gateway';
import { asking, isRefused } from './asking';

/** Stripe takes evidence once. Its files are uploaded first, because Stripe has none of ours. */
export async function submitEvidence(stripe: Stripe, { idempotencyKey, dispute, evidence, file }: EvidenceRequest): Promise<void> {
  const uploaded = Object.entries(evidence).map(async ([field, value]): Promise<[string, unknown]> => {
    if (typeof value !== 'string' || !value.startsWith('file_')) return [field, value];
    return [field, await upload(stripe, await file(value))];
  });
  const parameters = { evidence: Object.fromEntries(await Promise.all(uploaded)) as Stripe.DisputeUpdateParams.Evidence, submit: true };
  await unlessDone(stripe, dispute, () => stripe.disputes.update(dispute, parameters, { idempotencyKey }));
}

export async function closeDispute(stripe: Stripe, { idempotencyKey, dispute }: OperationOnDispute): Promise<void> {
  await unlessDone(stripe, dispute, () => stripe.disputes.close(dispute, {}, { idempotencyKey }));
}

async function upload(stripe: Stripe, { name, data }: Awaited<ReturnType<EvidenceRequest['file']>>): Promise<string> {
  const file = { data, name, type: 'application/octet-stream' };
  return (await asking(() => stripe.files.create({ purpose: 'dispute_evidence', file }))).id;
}

/** A call whose answer was lost has left the dispute with evidence, or closed. Under its key, other names of files are refused. */
async function unlessDone(stripe: Stripe, id: string, call: () => Promise<unknown>): Promise<void> {
  const refusal = await asking(() =>
    call().then(
      () => null,
      (error: unknown) => {
        if (isRefused(error) || error instanceof Stripe.errors.StripeIdempotencyError) return error;
        throw error;
      },
    ),
  );
  if (refusal === null) return;
  const { evidence_details, status } = await asking(() => stripe.disputes.retrieve(id));
  if (evidence_details.submission_count === 0 && status !== 'lost') throw refusal;
}
