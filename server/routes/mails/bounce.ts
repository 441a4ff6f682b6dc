import { byKey, loadMatching } from '../../../db/matching';
import { bounceMail } from '../../../domain/mail/outcomes';
import { operation } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Reports that a mail which was sent did not arrive, or that its reader complained. Its address gets no more mail. For the webhooks of a mail
 * service: the mail's id is in the header `X-Dunlin-Mail`, and in the Message-ID.
 *
 * @throws BillingError resource_missing, parameter_invalid for a mail that was not sent
 */
export const bounceMailOperation = operation({
  method: 'post',
  path: '/v1/mails/:mail/bounce',
  summary: 'Report a bounce',
  tag: 'Mails',
  own: true,
  parameters: parameters({ problem: name({ max: 500 }).optional(), reason: oneOf(['bounce', 'complaint']).optional() }),
  shows: 'mail',
  async handle(request) {
    const { id, recipient } = await request.find('mail', request.pathId('mail'));
    const { problem = null, reason = 'bounce' } = request.parameters;
    await request.change({
      step: 'bounceMail',
      customer: null,
      subject: suppressionsOf(request.scope.account, recipient),
      load: (tx) =>
        loadMatching(tx, request.scope, [
          byKey('mail', id),
          { kind: 'mailSuppression', filters: [{ column: 'deleted', equals: false }, { email: recipient }] },
        ]),
      plan: (changes) => {
        present(changes, 'mail', id);
        bounceMail(changes, id, { reason, problem });
      },
    });
    return { kind: 'mail', key: id };
  },
});

/** Changes of one address run one after another. */
export const suppressionsOf = (account: string, email: string): string => `mail-suppressions/${account}/${email.toLowerCase()}`;
