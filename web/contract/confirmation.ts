/** The confirmation that a customer keeps: what it has declared, when it arrived, and what follows. The same text on the page, as a file and by mail. */
import type { CustomerRequest } from '../../domain/rows/customer-request';
import { date, money } from '../money';
import { CONTRACT } from '../words/contract';
import { localeOf } from '../words/languages';

export interface Confirmation {
  to: string;
  subject: string;
  /** Plain text, a fact in each line. */
  text: string;
}

export function confirmationOf(request: CustomerRequest, seller: string): Confirmation {
  return { to: request.declaration.email, subject: subjectOf(request, seller), text: linesOf(request, seller).join('\n') };
}

const wordsOf = ({ declaration: { locale } }: CustomerRequest) => CONTRACT[localeOf([locale]).language];

const subjectOf = (request: CustomerRequest, seller: string): string => `${wordsOf(request).received[request.type]} – ${seller}`;

/** What was declared, then what follows. */
function linesOf(request: CustomerRequest, seller: string): string[] {
  const words = wordsOf(request);
  const { declaration, id, created } = request;
  return [
    words.toSeller(seller),
    ...declaredOf(request).map(([label, value]) => `${label}: ${value}`),
    `${words.receivedAt}: ${instant(created, declaration.locale)}`,
    `${words.reference}: ${id}`,
    '',
    ...outcomeOf(request),
  ];
}

/** Labels and entries. */
export function declaredOf(request: CustomerRequest): (readonly [string, string])[] {
  const words = wordsOf(request);
  const { name, email, contract, kind, date: day, statement } = request.declaration;
  const isCancellation = request.type === 'cancellation';
  const all: (readonly [string, string])[] = [
    [words.what, words.declares[request.type]],
    [words.name, name],
    [words.email, email],
    [words.contract, contract],
    ...(isCancellation ? [[words.kind, words.kinds[kind]] as const, [words.when, day ?? words.soonest] as const] : []),
    [words.statement, statement ?? ''],
  ];
  return all.filter(([, value]) => value !== '');
}

/** What follows, a sentence for each fact. */
export function outcomeOf({ plan, openReason, status, dueAt, note, declaration: { locale } }: CustomerRequest): string[] {
  const { language, tag } = localeOf([locale]);
  const words = CONTRACT[language];
  if (status === 'refused') return [words.refused, ...(note === null ? [] : [note])];
  if (plan === null) return [openReason === null ? words.done : words.answeredBy(date(dueAt, tag))];
  return [
    words.endsOn(date(plan.endsAt, tag)),
    ...plan.refunds.map(({ amount, currency }) => words.refund(money(amount, currency, tag), date(dueAt, tag))),
  ];
}

/** Date and time, UTC. */
export function instant(at: number, locale: string): string {
  const { tag } = localeOf([locale]);
  return `${new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' }).format(at * 1000)} UTC`;
}
