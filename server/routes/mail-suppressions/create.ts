import { loadMatching } from '../../../db/matching';
import { suppress } from '../../../domain/mail/outcomes';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';
import { email } from '../../http/text-parameters';
import { suppressionsOf } from '../mails/bounce';

/**
 * Suppresses an address: nothing more is sent to it. For an address that is suppressed already, it shows that suppression.
 *
 * @throws BillingError parameter_invalid
 */
export const createMailSuppression = operation({
  method: 'post',
  path: '/v1/mail_suppressions',
  summary: 'Suppress an address',
  tag: 'Mails',
  own: true,
  parameters: parameters({ email: email(), reason: oneOf(['complaint', 'manual']).optional() }),
  shows: 'mailSuppression',
  async handle(request) {
    const { email: address, reason = 'manual' } = request.parameters;
    const { rows } = await request.change({
      step: 'suppressMail',
      customer: null,
      subject: suppressionsOf(request.scope.account, address),
      load: (tx) =>
        loadMatching(tx, request.scope, [{ kind: 'mailSuppression', filters: [{ column: 'deleted', equals: false }, { email: address }] }]),
      plan: (changes) => {
        suppress(changes, { email: address, reason, mail: null });
      },
    });
    const [found] = rows.all('mailSuppression');
    if (!found) throw new Error('the suppression is not among the rows');
    return { kind: 'mailSuppression', key: found.id };
  },
});
