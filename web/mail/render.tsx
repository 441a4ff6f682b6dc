import type { Mail, MailContent, MailSeller } from '../../domain/rows/mail';
import { renderPage } from '../render';
import { MailPage } from './mail-page';
import { viewOf, type MailView } from './model';

/** The words of a mail in its customer's language, as text and as HTML. */
export function renderMail({ mail, seller }: { mail: Pick<Mail, 'facts' | 'kind' | 'locales'>; seller: MailSeller }): MailContent {
  const view = viewOf(mail, seller);
  return { subject: view.subject, text: textOf(view), html: renderPage(<MailPage view={view} />) };
}

function textOf({ paragraphs, rows, button, manage, notes, seller }: MailView): string {
  const parts = [
    ...paragraphs,
    rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    button === null ? '' : `${button.label}:\n${button.url}`,
    ['-- ', seller.branding.display_name, ...notes].join('\n'),
    manage === null ? '' : `${manage.label}:\n${manage.url}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
