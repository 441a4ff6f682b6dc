import type { TransactionSql } from '../../../db/connect';
import { byKey, loadMatching } from '../../../db/matching';
import { related } from '../../../db/related';
import { editCreditNote } from '../../../domain/credit-note/editing';
import type { CreditNote } from '../../../domain/rows/credit-note';
import type { Rows } from '../../../domain/rows/rows';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters, text } from '../../http/parameters';

/**
 * Changes a credit note's memo and metadata, never its amounts.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const updateCreditNote = operation({
  method: 'post',
  path: '/v1/credit_notes/:credit_note',
  summary: 'Update a credit note',
  tag: 'Credit notes',
  parameters: parameters({ memo: emptyable(text({ max: 5000 })).optional(), metadata: metadata().optional() }),
  shows: 'creditNote',
  async handle(request) {
    const note = await request.find('creditNote', request.pathId('credit_note'));
    await request.change({
      step: 'updateCreditNote',
      customer: note.customer,
      load: (tx) => factsOf(tx, note),
      plan: (changes) => {
        editCreditNote(changes, note.id, request.parameters);
      },
    });
    return { kind: 'creditNote', key: note.id };
  },
});

/** The note as its event shows it, and its invoice, whose subscription orders its events. */
async function factsOf(tx: TransactionSql, note: CreditNote): Promise<Rows> {
  const rows = await loadMatching(tx, note, [byKey('creditNote', note.id), byKey('invoice', note.invoice)]);
  return related(tx, rows, 'creditNote', [note.id]);
}
