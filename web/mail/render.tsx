import { labeled } from '../../domain/core/labeled';
import type { MailContent } from '../../domain/rows/mail';
import { renderPage } from '../render';
import { MailPage } from './mail-page';
import { viewOf, type MailToWord, type MailView } from './model';

/** The words of a mail in its customer's language, as text and as HTML. */
export function renderMail(of: MailToWord): MailContent {
  const view = viewOf(of);
  return { subject: view.subject, text: textOf(view), html: renderPage(<MailPage view={view} />) };
}

function textOf({ locale: { language }, paragraphs, rows, button, cancel, manage, notes, seller }: MailView): string {
  const line = (label: string, value: string): string => labeled(language, label, value);
  const link = ({ label, url }: { label: string; url: string }): string => `${line(label, '').trimEnd()}\n${url}`;
  const parts = [
    ...paragraphs,
    rows.map(({ label, value }) => line(label, value)).join('\n'),
    button === null ? '' : link(button),
    cancel === null ? '' : link(cancel),
    ['-- ', seller.branding.display_name, ...notes].join('\n'),
    manage === null ? '' : `${manage.label}\n${manage.url}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
