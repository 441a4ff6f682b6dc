/** The question on the price, on the page of a completed checkout. */
import type { Sql } from '../../db/connect';
import { loadSessionAssignment } from '../../db/experiments';
import { loadRows } from '../../db/related';
import { answerPriceQuestion } from '../../domain/experiment/answers';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import { PRICE_ANSWERS, type PriceAnswer } from '../../domain/rows/experiment';
import type { Entries } from './form';
import { runForm } from './run-form';
import type { Exchange } from '../forms/run-once';
import type { Dependencies } from '../http/dependencies';

/** Whether the buyer is asked, and what the answer was; null: not asked. */
export async function questionOf(
  sql: Sql,
  { account, livemode, status, experimentAssignment: id }: CheckoutSession,
): Promise<{ answer: PriceAnswer | null } | null> {
  if (status !== 'complete' || id === null) return null;
  const scope = { account, livemode };
  const found = (await loadRows(sql, 'experimentAssignment', scope, [id])).find('experimentAssignment', id);
  if (!found) return null;
  const counted = (await loadRows(sql, 'experimentAssignment', scope, [found.countedWith])).find('experimentAssignment', found.countedWith);
  return { answer: counted?.answers.checkout ?? null };
}

/** Keeps the answer that a form has brought; another form is none of ours. */
export async function keepAnswer(deps: Dependencies, exchange: Exchange, session: CheckoutSession, entries: Entries): Promise<void> {
  const { experimentAssignment: id, customer } = session;
  const answer = PRICE_ANSWERS.find((each) => each === entries['price_answer']);
  if (id === null || answer === undefined) return;
  await runForm(deps, exchange, session, {
    key: null,
    raw: {},
    work: async (request) => {
      await request.change({
        step: 'answerPriceQuestion',
        customer: null,
        subject: `${session.id}/answer`,
        load: async (tx) => {
          const rows = await loadSessionAssignment(tx, request.scope, id, customer);
          const counted = rows.all('experimentAssignment').map(({ countedWith }) => countedWith);
          rows.putAll(await loadRows(tx, 'experimentAssignment', request.scope, counted));
          return rows;
        },
        plan: (changes) => {
          const found = changes.rows.find('experimentAssignment', id);
          answerPriceQuestion(changes, found, { moment: 'checkout', answer, param: 'price_answer' });
        },
      });
    },
  });
}
