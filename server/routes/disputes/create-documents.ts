import { createHash } from 'node:crypto';
import { receiptDocument } from '../../../db/documents';
import { keepContent } from '../../../db/files';
import { evidenceSheet } from '../../../documents/evidence-sheet';
import { receiptSheet } from '../../../documents/receipt-sheet';
import type { Sheet } from '../../../documents/sheet';
import { createFile, type Upload } from '../../../domain/access/files';
import { refuseUnanswerable } from '../../../domain/payment/dispute-closing';
import { disputeDocuments } from '../../../objects/shapes/dispute';
import { pdfOf } from '../../documents/send';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/**
 * Dunlin's own: makes the receipt of the disputed charge and a list of its evidence as PDF, and keeps them as files for evidence. Nothing is staged: name the
 * files in `evidence[receipt]` and `evidence[uncategorized_file]`.
 *
 * @throws BillingError resource_missing, dispute_not_editable
 */
export const createDisputeDocuments = operation({
  method: 'post',
  path: '/v1/disputes/:dispute/documents',
  summary: 'Make documents for the evidence of a dispute',
  tag: 'Disputes',
  own: true,
  parameters: parameters({}),
  answer: disputeDocuments,
  async handle(request) {
    const dispute = await request.find('dispute', request.pathId('dispute'));
    refuseUnanswerable(dispute);
    const rows = await receiptDocument(request.deps.sql, request.scope, dispute.charge);
    const uploads = [
      await kept(request, receiptSheet(dispute.charge, rows), 'receipt.pdf'),
      await kept(request, evidenceSheet(dispute, rows), 'evidence.pdf'),
    ];
    await request.change({
      step: 'createFile',
      customer: null,
      plan: (changes) => {
        for (const upload of uploads) createFile(changes, upload, { purpose: 'dispute_evidence', link: null });
      },
    });
    const [receipt, list] = [request.newId('file', 0), request.newId('file', 1)];
    return {
      body: { object: 'dispute_documents' as const, dispute: dispute.id, livemode: dispute.livemode, receipt, uncategorized_file: list },
    };
  },
});

async function kept({ deps, scope }: ApiRequest<unknown>, sheet: Sheet, filename: string): Promise<Upload> {
  const data = Buffer.from(await pdfOf(deps, sheet));
  const sha256 = createHash('sha256').update(data).digest('hex');
  await keepContent(deps.sql, scope, { sha256, data });
  return { filename, size: data.length, type: 'pdf', sha256 };
}
