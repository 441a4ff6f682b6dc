import type { MailContent } from '../../domain/rows/mail';
import type { MailToWord } from './model';
import type * as mailRendering from './render';

/** The words of a mail. React is loaded when the first mail is rendered: processes that render none do without. */
export function rendered(of: MailToWord): MailContent {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the module
  const { renderMail } = require('./render') as typeof mailRendering;
  return renderMail(of);
}
