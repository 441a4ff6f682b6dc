/** Examples of every kind of mail in every language. */
import { Router } from 'express';
import { brandingOf } from '../../domain/checkout/branding';
import { MAIL_KINDS, type MailSeller } from '../../domain/rows/mail';
import { MailIndex } from '../../web/mail/mail-index';
import { renderMail } from '../../web/mail/render';
import { isMailKind, MAIL_SAMPLES } from '../../web/mail/samples';
import { renderPage } from '../../web/render';
import { LANGUAGES } from '../../web/words/languages';
import { sendPage } from '../checkout/pages';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';

const SELLER: MailSeller = {
  branding: brandingOf({ name: 'Northwind Analytics' }, undefined),
  footer: 'Northwind Analytics Ltd, 1 St James’s Square, Dublin',
  loginUrl: '/mails/preview',
  isTest: true,
};

export function mailPreviews(): Router {
  const router = Router();
  router.use('/mails/preview', limitVisitors());
  router.get('/mails/preview', (_request, response) => {
    sendPage(response, 200, renderPage(MailIndex({ branding: SELLER.branding, kinds: MAIL_KINDS, languages: Object.keys(LANGUAGES) })));
  });
  router.get('/mails/preview/:kind', (request, response) => {
    const { kind } = request.params;
    if (!isMailKind(kind)) throw new HttpError(404, 'There is no such kind of mail.');
    const locale = new URL(request.url, 'http://localhost').searchParams.get('locale') ?? 'en';
    sendPage(
      response,
      200,
      renderMail({
        mail: { about: '', kind, facts: MAIL_SAMPLES[kind], locales: [locale] },
        seller: SELLER,
        linkTo: () => '/mails/preview',
      }).html,
    );
  });
  return router;
}
