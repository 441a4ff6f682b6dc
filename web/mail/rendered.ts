import type { Mail, MailContent, MailSeller } from '../../domain/rows/mail';
import type * as mailRendering from './render';

/** The words of a mail. React is loaded when the first mail is rendered: processes that render none do without. */
export function rendered(of: { mail: Pick<Mail, 'facts' | 'kind' | 'locales'>; seller: MailSeller }): MailContent {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the module
  const { renderMail } = require('./render') as typeof mailRendering;
  return renderMail(of);
}
