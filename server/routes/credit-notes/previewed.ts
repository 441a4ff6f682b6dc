/** A credit note as it would be issued, by the same rules as a commit; nothing is written. */
import { preview } from '../../../db/commit';
import { loadWithNamed } from '../../../db/named-facts';
import { loadRedeemable } from '../../../db/redemptions';
import type { ChangeSet } from '../../../domain/core/change-set';
import { issueCreditNote } from '../../../domain/credit-note/issuing';
import type { CreditNoteParameters } from '../../../domain/credit-note/parameters';
import { render } from '../../../objects';
import type { ApiRequest } from '../../http/request';
import { invoiceNamed } from './invoice-named';

/** @throws BillingError as creating it would */
export async function previewed(request: ApiRequest<CreditNoteParameters>): Promise<{ changes: ChangeSet; note: string }> {
  const { deps, scope, parameters } = request;
  const { id, customer, subscription } = await invoiceNamed(request);
  const now = await request.now(customer);
  let note = '';
  // The same ids in every preview of the invoice, so that its lines can be paged through.
  const input = { workflow: `preview/${id}`, commitKey: 'creditNote', step: 'previewCreditNote', now, customer };
  const changes = await preview(deps.sql, { ...input, secret: deps.secret, render, scope }, async (tx) => ({
    facts: await loadWithNamed(tx, scope, { customer, subscription, invoice: id, named: ratesIn(parameters), load: loadRedeemable }),
    request: { id: request.id, idempotencyKey: request.idempotencyKey },
    plan: (planning) => {
      note = issueCreditNote(planning, id, parameters);
    },
  }));
  return { changes, note };
}

const ratesIn = ({ lines = [] }: CreditNoteParameters) => ({ taxRate: lines.flatMap((line) => line.tax_rates ?? []) });
