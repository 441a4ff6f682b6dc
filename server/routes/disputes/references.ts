/** What the evidence of a dispute names: uploaded files, and earlier charges. */
import { FILE_FIELDS } from '../../../domain/evidence/fields';
import { isPriorCharge } from '../../../domain/evidence/enhanced';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import type { Dispute, EnhancedEvidence } from '../../../domain/rows/dispute';
import { isOver, type StoredFile } from '../../../domain/rows/file';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing; parameter_invalid if a file was not uploaded as evidence, or all are too large together */
export async function checkFiles(request: ApiRequest<unknown>, dispute: Dispute, change: Record<string, unknown>): Promise<void> {
  if (!FILE_FIELDS.some((name) => typeof change[name] === 'string')) return;
  let bytes = 0;
  for (const name of FILE_FIELDS) {
    const named = change[name] === undefined ? dispute.evidence[name] : change[name];
    if (typeof named !== 'string') continue;
    const param = `evidence[${name}]`;
    const file = await request.find('file', named, param);
    if (change[name] !== undefined) refuseUnfit(file, await request.now(), param);
    bytes += file.size;
    if (bytes > LIMITS.evidenceBytes.max) {
      const message = `The files of the evidence have more than ${String(LIMITS.evidenceBytes.max)} bytes together.`;
      throw new BillingError('parameter_invalid', message, { param });
    }
  }
}

function refuseUnfit(file: StoredFile, now: number, param: string): void {
  if (file.purpose === 'dispute_evidence' && !isOver(file, now)) return;
  const message = `The file '${file.id}' must be one with the purpose dispute_evidence that has not expired.`;
  throw new BillingError('parameter_invalid', message, { param });
}

/** @throws BillingError resource_missing; parameter_invalid for a charge that is no earlier one of the card, or was disputed */
export async function checkPriorCharges(
  request: ApiRequest<unknown>,
  dispute: Dispute,
  enhanced: EnhancedEvidence | null | undefined,
): Promise<void> {
  const prior = enhanced?.visa_compelling_evidence_3?.prior_undisputed_transactions ?? [];
  for (const [index, { charge: named }] of prior.entries()) {
    const param = `evidence[enhanced_evidence][visa_compelling_evidence_3][prior_undisputed_transactions][${String(index)}][charge]`;
    const charge = await request.find('charge', named, param);
    if (isPriorCharge(charge, dispute) && !prior.slice(0, index).some((each) => each.charge === named)) continue;
    const message =
      `Charge ${named} must be another one of the same card, 120 to 364 days older than the dispute, ` +
      'neither refunded nor disputed, and named once.';
    throw new BillingError('parameter_invalid', message, { param });
  }
}
