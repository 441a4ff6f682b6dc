/** The confirmation that a customer keeps: what it has declared, when it arrived, and what follows. The same text on the page, as a file and by mail. */
import { writtenDay } from '../../domain/core/written-days';
import { labeled } from '../../domain/core/labeled';
import type { Declared } from '../../domain/rows/customer-request';
import { date, money } from '../money';
import { CONTRACT } from '../words/contract';
import { localeOf } from '../words/languages';

export interface Confirmation {
  subject: string;
  /** Plain text, a fact in each line. */
  text: string;
}

export function confirmationOf(request: Declared, seller: string): Confirmation {
  return { subject: subjectOf(request, seller), text: linesOf(request, seller).join('\n') };
}

const wordsOf = ({ declaration: { locale } }: Declared) => CONTRACT[localeOf([locale]).language];

const subjectOf = (request: Declared, seller: string): string => `${wordsOf(request).received[request.type]} – ${seller}`;

/** What was declared, then what follows. */
function linesOf(request: Declared, seller: string): string[] {
  return [
    wordsOf(request).toSeller(seller),
    ...receivedOf(request).map(([label, value]) => labeled(request.declaration.locale, label, value)),
    '',
    ...outcomeOf(request),
  ];
}

/** What was declared, when it arrived, and by what it is found: labels and entries. */
export function receivedOf(request: Declared): (readonly [string, string])[] {
  const words = wordsOf(request);
  return [...declaredOf(request), [words.receivedAt, instant(request.created, request.declaration.locale)], [words.reference, request.id]];
}

function declaredOf(request: Declared): (readonly [string, string])[] {
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
export function outcomeOf({ plan, openReason, status, dueAt, note, declaration: { locale } }: Declared): string[] {
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
function instant(at: number, locale: string): string {
  const { tag } = localeOf([locale]);
  return `${writtenDay(at, new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' }))} UTC`;
}
