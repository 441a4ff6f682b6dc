/**
 * Statements that may look at every row of a table take turns, so that they never hold all connections of a process: whoever reads one object always finds
 * one.
 */
import { DEADLINES } from '../domain/core/deadlines';
import { BillingError } from '../domain/core/errors';
import { LIMITS } from '../domain/core/limits';
import type { Sql } from './connect';
import { isStatementLate } from './outages';

interface Turns {
  running: number;
  /** Each begins when it is called. */
  waiting: Set<() => void>;
}

/** Of the connections of a pool, those that may be held at once. */
const SHARE = 0.4;

const TURNS = new WeakMap<Sql, Turns>();

/**
 * @param param what the caller has asked for that makes the statement long
 * @throws BillingError lock_timeout if too many wait, or it waits too long, parameter_invalid if the statement took too long
 */
export async function inTurn<T>(sql: Sql, param: string, statement: () => PromiseLike<T>): Promise<T> {
  const turns = TURNS.get(sql) ?? { running: 0, waiting: new Set() };
  TURNS.set(sql, turns);
  await begin(turns, Math.max(1, Math.floor(sql.options.max * SHARE)));
  try {
    return await statement();
  } catch (error) {
    throw isStatementLate(error) ? new BillingError('parameter_invalid', TOO_LONG, { param }) : error;
  } finally {
    const [next] = turns.waiting;
    if (next === undefined) turns.running -= 1;
    else next();
  }
}

/** Who waits is given the turn of whoever ends. */
async function begin(turns: Turns, atOnce: number): Promise<void> {
  if (turns.running < atOnce) {
    turns.running += 1;
    return;
  }
  if (turns.waiting.size >= LIMITS.longStatementsWaiting.max) throw new BillingError('lock_timeout', TOO_MANY);
  await new Promise<void>((resolve, reject) => {
    const begins = (): void => {
      turns.waiting.delete(begins);
      clearTimeout(late);
      resolve();
    };
    const late = setTimeout(() => {
      turns.waiting.delete(begins);
      reject(new BillingError('lock_timeout', TOO_MANY));
    }, DEADLINES.turn);
    turns.waiting.add(begins);
  });
}

const TOO_LONG = `This took longer than ${String(DEADLINES.statement / 1000)} seconds. Ask for a part of it, by a filter that fewer objects pass.`;
const TOO_MANY = 'Too many sorted lists and searches are under way. Please retry in a moment.';
