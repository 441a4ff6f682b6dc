import { findMail } from '../../../db/mails';
import { toMail } from '../../../objects/mail';
import { mailWithContent } from '../../../objects/shapes/mail';
import { rendered } from '../../mail/render';
import { localeOf } from '../../../web/words/languages';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

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
    const id = request.pathId('mail');
    await request.find('mail', id);
    const shown = await findMail(request.deps.sql, id);
    if (shown === null) return missing('mail', id);
    const { subject, text, html } = shown.mail.content ?? rendered(shown);
    return { body: { ...toMail(shown.mail), locale: localeOf(shown.mail.locales).language, subject, text, html } };
  },
});
