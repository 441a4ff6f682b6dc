import { findMailSeller } from '../../../db/mails';
import { toMail } from '../../../objects/mail';
import { mailWithContent } from '../../../objects/shapes/mail';
import { rendered } from '../../../web/mail/rendered';
import { localeOf } from '../../../web/words/languages';
import { linkToOf } from '../../http/dependencies';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a mail with its words: as they were sent, or, if it was not sent, as they would be now.
 *
 * @throws BillingError resource_missing
 */
export const retrieveMail = operation({
  method: 'get',
  path: '/v1/mails/:mail',
  summary: 'Retrieve a mail',
  tag: 'Mails',
  own: true,
  parameters: parameters({}),
  answer: mailWithContent,
  async handle(request) {
    const mail = await request.find('mail', request.pathId('mail'));
    const { deps } = request;
    const { subject, text, html } = mail.content ?? rendered({ mail, ...(await findMailSeller(deps.sql, mail)), linkTo: linkToOf(deps) });
    return { body: { ...toMail(mail), locale: localeOf(mail.locales).language, subject, text, html } };
  },
});
