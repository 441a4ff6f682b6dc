import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a credit note.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCreditNote = operation({
  method: 'get',
  path: '/v1/credit_notes/:credit_note',
  summary: 'Retrieve a credit note',
  tag: 'Credit notes',
  parameters: parameters({}),
  shows: 'creditNote',
  async handle(request) {
    const { id } = await request.find('creditNote', request.pathId('credit_note'));
    return { kind: 'creditNote', key: id };
  },
});
