/** Reads a mail as a mail server has received it. */
import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { BillingError } from '../../domain/core/errors';
import { withoutHidden } from '../../domain/core/visible-text';
import { shortened } from '../http/acceptable-text';

export interface ReceivedMail {
  /** Its `Message-ID`, or a hash of it where it has none. */
  id: string;
  from: string;
  name: string | null;
  subject: string;
  message: string;
  /** The ids of the mails that it answers. */
  answers: string[];
  /** Tickets that its subject names: `Re: Invoice 12 [supt_1]`. */
  tickets: string[];
}

const LONGEST_SUBJECT = 250;
const LONGEST_MESSAGE = 20_000;
const LONGEST_ID = 500;
const MOST_ANSWERED = 50;

/** @throws BillingError parameter_invalid for a mail without a sender or without a text, and for one that nobody has written */
export async function readMail(raw: string): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 }).catch(() => {
    throw refused('it is not a mail');
  });
  const { headers, messageId, inReplyTo, references } = mail;
  const { address, name } = senderOf(mail);
  if (isAutomatic(headers)) throw refused('it is an automatic answer');
  const message = shortened(visible(mail.text ?? (await textOf(mail.html))).trim(), LONGEST_MESSAGE);
  if (message === '') throw refused('it has no text');
  const title = lineOf(mail.subject);
  return {
    id: idOf(messageId, raw),
    from: address,
    name,
    subject: title || lineOf(message.split('\n')[0] ?? '') || address,
    message,
    answers: [inReplyTo, references].flatMap(idsIn).slice(0, MOST_ANSWERED),
    tickets: title.match(/\bsupt_\w+/g) ?? [],
  };
}

function senderOf({ from }: Pick<Email, 'from'>): { address: string; name: string | null } {
  const address = shortened(from?.address ?? '', 512);
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw refused('it has no sender');
  return { address, name: lineOf(from?.name) || null };
}

/** Of a mail without an id, or with an empty one, a hash. */
const idOf = (messageId: string | undefined, raw: string): string =>
  shortened(visible(messageId ?? '').replace(/^<?\s*>?$/, ''), LONGEST_ID) || createHash('sha256').update(raw).digest('hex');

const idsIn = (header = ''): string[] => visible(header).match(/<[^<>\s]+>/g) ?? [];

/** In one line, as a subject and a name are. */
const lineOf = (text = ''): string => shortened(visible(text).replace(/\s+/g, ' ').trim(), LONGEST_SUBJECT);

/** The reader turns HTML into text where a mail has parts of both kinds, so this makes such a mail of it. */
async function textOf(html = ''): Promise<string> {
  const part = ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from(html).toString('base64')];
  const lines = ['Content-Type: multipart/mixed; boundary=p', '', '--p', 'Content-Type: text/plain', '', ' ', '--p', ...part, '--p--'];
  return (await PostalMime.parse(lines.join('\r\n'))).text ?? '';
}

/** Two machines that answer each other would never stop. */
function isAutomatic(headers: readonly { key: string; value: string }[]): boolean {
  const of = (name: string): string =>
    headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  return !['', 'no'].includes(of('auto-submitted')) || ['auto_reply', 'bulk', 'junk', 'list'].includes(of('precedence'));
}

/** Without what is refused in every text of the API. */
const visible = (text: string): string => withoutHidden(text.replace(/\r\n?/g, '\n'));

const refused = (why: string) => new BillingError('parameter_invalid', `This mail is not kept: ${why}.`, { param: 'mail' });
