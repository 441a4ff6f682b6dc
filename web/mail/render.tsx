import type { MailContent } from '../../domain/rows/mail';
import { renderPage } from '../render';
import { MailPage } from './mail-page';
import { viewOf, type MailToWord, type MailView } from './model';

/** The words of a mail in its customer's language, as text and as HTML. */
export function renderMail(of: MailToWord): MailContent {
  const view = viewOf(of);
  return { subject: view.subject, text: textOf(view), html: renderPage(<MailPage view={view} />) };
}

function textOf({ paragraphs, rows, button, cancel, manage, notes, seller }: MailView): string {
  const parts = [
    ...paragraphs,
    rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    button === null ? '' : `${button.label}:\n${button.url}`,
    cancel === null ? '' : `${cancel.label}:\n${cancel.url}`,
    ['-- ', seller.branding.display_name, ...notes].join('\n'),
    manage === null ? '' : `${manage.label}:\n${manage.url}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
