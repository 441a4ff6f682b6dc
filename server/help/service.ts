import { findAccount } from '../../db/accounts';
import type { Sql } from '../../db/connect';
import type { Scope } from '../../domain/core/steps';
import { settingsOf, type Responsibilities } from '../../domain/rows/account';
import { SUPPORT_ROUTES } from '../../domain/rows/support-ticket';
import type { AnswerHours } from '../../web/components/answer-time';

/** What the seller says of itself: who is responsible for what, and how long an answer takes at most. */
export async function loadService(
  sql: Sql,
  { account: id, livemode }: Scope,
): Promise<{ responsibilities: Responsibilities; answerHours: Required<AnswerHours> }> {
  const account = await findAccount(sql, id);
  if (account === null) throw new Error(`there is no account ${id}`);
  const { responsibilities, support } = settingsOf(account, { livemode });
  const hours = SUPPORT_ROUTES.map((route) => [route, support.routes[route].answer_within_hours]);
  return { responsibilities, answerHours: Object.fromEntries(hours) as Required<AnswerHours> };
}
