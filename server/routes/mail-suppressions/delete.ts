import { byKey, loadMatching } from '../../../db/matching';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Lets mails go to the address again. Mails that were suppressed stay so.
 *
 * @throws BillingError resource_missing
 */
export const deleteMailSuppression = operation({
  method: 'delete',
  path: '/v1/mail_suppressions/:mail_suppression',
  summary: 'Remove a suppression',
  tag: 'Mails',
  own: true,
  parameters: parameters({}),
  shows: 'mailSuppression',
  async handle(request) {
    const { id } = await request.find('mailSuppression', request.pathId('mail_suppression'));
    await request.change({
      step: 'removeMailSuppression',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('mailSuppression', id)]),
      plan: (changes) => {
        present(changes, 'mailSuppression', id);
        changes.patch('mailSuppression', id, { deleted: true });
      },
    });
    return { kind: 'mailSuppression', key: id };
  },
});
