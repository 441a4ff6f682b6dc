/** Plans a commit, again and again until the plan knows everything that it has to read. Nothing is written here. */
import { BillingError } from '../domain/core/errors';
import { ChangeSet, type ChangeContext } from '../domain/core/change-set';
import { watchCards } from '../domain/mail/card-expiry';
import { writeMails } from '../domain/mail/mails-of';
import type { CardTry } from '../domain/rows/payment-attempt';
import type { SourcedRate } from '../domain/rows/exchange-rate';
import type { Rows } from '../domain/rows/rows';
import { lockAccount } from './accounts';
import type { TransactionSql } from './connect';
import { ratesBetween } from './exchange-rates';
import { ask } from './facts/statement';
import { recordedTaxFacts } from './facts/payment';
import { takenNumbers as numbersTaken } from './invoice-numbers';
import { loadMailFacts } from './mails';
import { activePrograms, triesOfCards } from './recovery';

interface Planning {
  facts: Rows;
  context: ChangeContext;
  plan: (changes: ChangeSet) => void;
}

interface Planned {
  changes: ChangeSet;
  refused: BillingError | null;
}

/**
 * All customers share the account, so a plan that changes the account is made again from its locked row. So is one that records or reverses the
 * tax of a payment, whose calculation others may record, and whose transaction others may reverse. And so is one that must know whether invoice
 * numbers are taken, which exchange rates and recovery programs there are, or whom its mails are from and to, until it knows.
 */
export async function planned(tx: TransactionSql, { facts, context, plan }: Planning): Promise<Planned> {
  let result = planOn({ facts, context, plan });
  if (!result.refused && (result.changes.changed.has('account') || recordsPaidTax(result.changes))) {
    facts.put('account', await lockAccount(tx, context.account));
    if (recordsPaidTax(result.changes)) facts.putAll(await ask(tx, recordedTaxFacts, intentsOf(facts)));
    result = planOn({ facts, context, plan });
  }
  return result.refused ? result : answered(tx, { facts, context, plan }, result);
}

/** Plans again with what the plan has asked for, until it asks no more. */
async function answered(tx: TransactionSql, { facts, context, plan }: Planning, first: Planned): Promise<Planned> {
  const takenNumbers = new Map<string, boolean>();
  const exchangeRates = new Map<string, SourcedRate[]>();
  const cardTries = new Map<string, CardTry[]>();
  let known: ChangeContext = { ...context, takenNumbers, exchangeRates, cardTries };
  let result = first;
  while (!result.refused && isAsking(result.changes)) {
    const { asksForPrograms, cardQuestions, mailQuestions, numberQuestions, rateQuestions } = result.changes;
    for (const [number, isTaken] of await numbersTaken(tx, context, numberQuestions)) takenNumbers.set(number, isTaken);
    for (const [question, found] of await ratesBetween(tx, context, rateQuestions)) exchangeRates.set(question, found);
    for (const [card, tries] of await triesOfCards(tx, context, { cards: cardQuestions, facts })) cardTries.set(card, tries);
    if (asksForPrograms) known = { ...known, recoveryPrograms: await activePrograms(tx, context) };
    if (mailQuestions.length > 0) facts.putAll(await loadMailFacts(tx, context, mailQuestions));
    result = planOn({ facts, context: known, plan });
  }
  return result;
}

const isAsking = ({ asksForPrograms, cardQuestions, mailQuestions, numberQuestions, rateQuestions }: ChangeSet): boolean =>
  asksForPrograms || cardQuestions.length + mailQuestions.length + numberQuestions.length + rateQuestions.length > 0;

/** Whether it puts tax transactions of payment intents. */
const recordsPaidTax = ({ changed, rows }: ChangeSet): boolean => changed.has('taxTransaction') && intentsOf(rows).length > 0;

const intentsOf = (rows: Rows): string[] => rows.where('paymentIntent', (intent) => intent.taxCalculation !== null).map(({ id }) => id);

function planOn({ facts, context, plan }: Planning): Planned {
  const changes = new ChangeSet(facts, context);
  const refused = refusalBy(() => {
    plan(changes);
    writeMails(changes);
    watchCards(changes);
  });
  return { changes, refused };
}

/** The error with which the plan refuses, or null. */
function refusalBy(plan: () => void): BillingError | null {
  try {
    plan();
    return null;
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
}
