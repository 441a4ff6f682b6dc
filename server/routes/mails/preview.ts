import { findMailSeller } from '../../../db/mails';
import { BillingError } from '../../../domain/core/errors';
import { MAIL_KINDS } from '../../../domain/rows/mail';
import { mailPreview } from '../../../objects/shapes/mail';
import { rendered } from '../../../web/mail/rendered';
import { isMailKind, MAIL_SAMPLES } from '../../../web/mail/samples';
import { LANGUAGES, localeOf } from '../../../web/words/languages';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';

const TAGS = Object.keys(LANGUAGES) as [string, ...string[]];

/**
 * Shows an example of a kind of mail, with the account's branding and footer.
 *
 * @throws BillingError resource_missing for an unknown kind
 */
export const previewMail = operation({
  method: 'get',
  path: '/v1/mail_previews/:kind',
  summary: 'Preview a kind of mail',
  tag: 'Mails',
  own: true,
  parameters: parameters({ locale: oneOf(TAGS).optional() }),
  answer: mailPreview,
  async handle(request) {
    const kind = request.pathId('kind');
    if (!isMailKind(kind))
      throw new BillingError('resource_missing', `No such kind of mail: '${kind}'. There are ${MAIL_KINDS.join(', ')}`, { param: 'id' });
    const locales = [request.parameters.locale ?? 'en'];
    const { seller } = await findMailSeller(request.deps.sql, request.scope);
    const content = rendered({ mail: { about: '', kind, facts: MAIL_SAMPLES[kind], locales }, seller, linkTo: () => '/mails/preview' });
    return { body: { object: 'mail_preview' as const, kind, locale: localeOf(locales).language, ...content } };
  },
});
