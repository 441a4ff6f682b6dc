import * as fc from 'fast-check';
import { BillingError } from '../../../domain/core/errors';
import { readMail } from '../../../server/support/mail';

const raw = (lines: string[]): string => lines.join('\r\n');
const HEAD = ['From: =?utf-8?q?J=C3=BCrgen?= <j@example.com>', 'Message-ID: <a@example.com>'];

test('encoded words, quoted printable and several parts are read as a person reads them', async () => {
  const mail = await readMail(
    raw([
      ...HEAD,
      'Subject: =?utf-8?b?UsO8Y2t6YWhsdW5n?=',
      'References: <x@example.com> <y@example.com>',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Ich m=F6chte mein Geld.',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>Ich m&ouml;chte mein Geld.</p><script>x()</script>',
      '--b--',
    ]),
  );
  expect(mail).toMatchObject({ from: 'j@example.com', name: 'Jürgen', subject: 'Rückzahlung', message: 'Ich möchte mein Geld.' });
  expect(mail.answers).toEqual(['<x@example.com>', '<y@example.com>']);
});

test('a mail in HTML alone is kept as its text', async () => {
  const { message } = await readMail(raw([...HEAD, 'Subject: Hi', 'Content-Type: text/html', '', '<p>One &amp; two</p>']));
  expect(message).toBe('One & two');
});

test.each([
  ['no sender', ['Subject: Hi', '', 'Hello']],
  ['no text', [...HEAD, 'Subject: Hi', '', '   ']],
  ['an automatic answer', [...HEAD, 'Auto-Submitted: auto-replied', '', 'I am away']],
  ['a mailing list', [...HEAD, 'Precedence: bulk', '', 'News']],
])('%s is refused', async (_, lines) => {
  await expect(readMail(raw(lines))).rejects.toThrow(BillingError);
});

test('whatever arrives, it is read without control characters or refused', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom('\r\n', 'From: a@b.c\r\n', 'Content-Type: multipart/x; boundary=b', '--b', '=?utf-8?b?'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 20 }), async (parts) => {
      const read = await readMail(`From: a@b.example\r\n${parts.join('')}`).catch((error: unknown) => error);
      if (read instanceof Error) expect(read).toBeInstanceOf(BillingError);
      else expect(JSON.stringify(read)).not.toMatch(/\\u00[01]/);
    }),
    { numRuns: 300 },
  );
});

test('mails with an empty id are not the same mail', async () => {
  const [one, two] = await Promise.all(['One', 'Two'].map((text) => readMail(raw(['From: j@example.com', 'Message-ID: <>', '', text]))));
  expect(one?.id).not.toBe(two?.id);
});

test('what is too long is cut between characters, and ids have no control characters', async () => {
  const head = ['Message-ID: =?utf-8?q?=3Ca=00b=3E?=', 'References: =?utf-8?q?=3Cc=00d=3E?=', 'Content-Type: text/plain; charset=utf-8'];
  const from = `From: "${'n'.repeat(249)}😀" <j@example.com>`;
  const mail = await readMail(raw([...head, from, `Subject: ${'s'.repeat(249)}😀`, '', `${'m'.repeat(19_999)}😀`]));
  const texts = [mail.id, mail.name ?? '', mail.subject, mail.message, ...mail.answers];
  expect(texts.filter((text) => /\p{Surrogate}|\0/u.test(text))).toEqual([]);
  expect(texts.map((text) => text.length)).toEqual([4, 249, 249, 19_999, 4]);
});
