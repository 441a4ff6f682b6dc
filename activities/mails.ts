/** Sends mails to customers, each once. */
import { commit } from '../db/commit';
import { beginMail, dueMails, findMail, leaveMail, markMailSent, secondsToNextMail, type MailToShow } from '../db/mails';
import { secretSource } from '../db/ids';
import { byKey, loadMatching } from '../db/matching';
import { DEADLINES } from '../domain/core/deadlines';
import type { Scope } from '../domain/core/steps';
import { failMail, nextTryAfter } from '../domain/mail/outcomes';
import { isForUser, type Mail, type MailContent } from '../domain/rows/mail';
import { MailRefused, MailServerUnavailable, type MailServer, type OutgoingMail } from '../gateways/mail-server';
import { snapshot } from '../objects';
import { rendered } from '../web/mail/rendered';
import { isPassing } from './answers';
import { outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';

export interface DueMails {
  due: Pick<Mail, 'id' | 'kind'>[];
  /** Milliseconds until one is due; null if none waits. */
  nextInMs: number | null;
}

/** A mail that the server has taken, when the database was away. */
export interface TakenMail {
  id: string;
  /** Real epoch seconds. */
  at: number;
}

const AT_ONCE = 20;

type Deps = Pick<ActivityDependencies, 'sql' | 'secret' | 'linkTo' | 'mailServer' | 'notifyEndpoints'>;

export function createMailActivities(deps: Deps) {
  const { sql } = deps;
  return {
    /** Which mails of a seller are to be sent now, and when the next one is due. */
    dueMails: (sender: Scope): Promise<DueMails> =>
      outside(async () => {
        const due = await dueMails(sql, sender, AT_ONCE);
        const seconds = due.length > 0 ? 0 : await secondsToNextMail(sql, sender);
        return { due, nextInMs: seconds === null ? null : seconds * 1000 };
      }),

    /** Hands one mail to the mail server. A mail that was sent is not sent again. */
    sendMail: ({ id }: { id: string }): Promise<TakenMail | null> => outside(() => sendOne(deps, id)),

    /** Notes what the history of the workflow knows already. */
    recordMailSent: ({ id, at }: TakenMail): Promise<void> => outside(() => markMailSent(sql, id, at)),
  };
}

async function sendOne(deps: Deps, id: string): Promise<TakenMail | null> {
  const shown = await findMail(deps.sql, id);
  if (shown?.mail.status !== 'pending') return null;
  const { settings, mail } = shown;
  const { mailServer } = deps;
  if (shown.isSuppressed) {
    await leaveMail(deps.sql, id, { status: 'suppressed', problem: 'The address is suppressed.', nextTryAt: null });
    return null;
  }
  // The seller has changed its mind since.
  if (settings.mail.delivery !== 'smtp' || settings.mail.from === null) {
    await leaveMail(deps.sql, id, { status: 'kept', problem: null, nextTryAt: null });
    return null;
  }
  if (!mailServer) throw new Error('a worker without a mail server has a task of the queue of mails');
  // Kept first: a second try after a crash has the same words, under the same Message-ID.
  const content = mail.content ?? rendered({ ...shown, linkTo: deps.linkTo });
  const isBegun = await beginMail(deps.sql, id, { content, seconds: DEADLINES.mailCall / 1000 });
  return isBegun ? hand(deps, mailServer, { shown, content }) : null;
}

async function hand(deps: Deps, mailServer: MailServer, { shown, content }: { shown: MailToShow; content: MailContent }) {
  const { mail } = shown;
  try {
    await mailServer.send(outgoing(shown, isForUser(mail) ? withToken(deps, shown) : content));
  } catch (error) {
    if (error instanceof MailRefused) await giveUp(deps, mail, error.message);
    else if (error instanceof MailServerUnavailable) await postpone(deps, mail, error.message);
    else throw error;
    return null;
  }
  return noteTaken(deps, { id: mail.id, at: nowSeconds() });
}

/** Where the database is away, the history of the workflow is what remembers it: the mail is not sent again. */
async function noteTaken({ sql }: Deps, taken: TakenMail): Promise<TakenMail | null> {
  try {
    await markMailSent(sql, taken.id, taken.at);
    return null;
  } catch (error) {
    if (isPassing(error)) return taken;
    throw error;
  }
}

/** With the token of the link, which only the mail itself has: what is kept, and shown in the API, leads nowhere. */
function withToken({ secret, linkTo }: Deps, shown: MailToShow): MailContent {
  const { mail } = shown;
  const url = `${mail.facts.url ?? ''}/${secretSource(secret)(mail.about)}`;
  return rendered({ ...shown, linkTo, mail: { ...mail, facts: { ...mail.facts, url } } });
}

async function postpone(deps: Deps, mail: Mail, problem: string): Promise<void> {
  const nextTryAt = nextTryAfter(mail, nowSeconds());
  if (nextTryAt === null) await giveUp(deps, mail, problem);
  else await leaveMail(deps.sql, mail.id, { status: 'pending', problem, nextTryAt });
}

async function giveUp({ sql, secret, notifyEndpoints }: Deps, { id, account, livemode }: Mail, problem: string): Promise<void> {
  const scope = { account, livemode };
  const { endpoints } = await commit(
    sql,
    {
      ...{ secret, scope, workflow: `api/${id}`, commitKey: `fail/${id}`, step: 'failMail', now: nowSeconds(), customer: null },
      render: (kind, key, rows) => snapshot(kind, key, rows),
    },
    async (tx) => ({
      facts: await loadMatching(tx, scope, [byKey('mail', id)]),
      request: null,
      plan: (changes) => {
        failMail(changes, id, problem);
      },
    }),
  );
  notifyEndpoints(endpoints);
}

/** The id of a mail is unguessable, and its Message-ID the same for every try. */
function outgoing({ mail, settings, seller }: MailToShow, { subject, text, html }: MailContent): OutgoingMail {
  const { from, reply_to: replyTo } = settings.mail;
  const address = from ?? '';
  return {
    messageId: `<${mail.id}@${address.split('@').at(-1) ?? ''}>`,
    from: { name: seller.branding.display_name, address },
    ...{ replyTo, to: mail.recipient, subject, text, html },
    headers: { 'X-Dunlin-Mail': mail.id, 'X-Dunlin-Kind': mail.kind, 'X-Dunlin-About': mail.about },
  };
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
