/** Limits how much of one thing this process does at once. Whoever comes later waits in order, for a bounded time. */
import { DEADLINES } from '../domain/core/deadlines';
import { BillingError } from '../domain/core/errors';
import { LIMITS } from '../domain/core/limits';
import type { Sql } from './connect';
import { isStatementLate } from './outages';

interface Turn {
  /** How many with the same key have their turn at once. */
  atOnce: number;
  /** How many wait at most; by default any number. */
  waiting?: number;
  /** How long a turn is waited for. Milliseconds. */
  patience: number;
  /** What whoever had no turn is told. */
  refusal?: string;
}

/** Turns by key. */
export class KeyedLimiter<Key = string> {
  private readonly queues = new Map<Key, { running: number; waiting: Set<() => void> }>();

  /**
   * Runs `work` when it is its turn.
   *
   * @throws BillingError lock_timeout if that takes longer than the caller's patience, or too many wait already
   */
  async take<T>(key: Key, turn: Turn, work: () => PromiseLike<T>): Promise<T> {
    await this.enter(key, turn);
    try {
      return await work();
    } finally {
      this.leave(key);
    }
  }

  private enter(key: Key, { atOnce, waiting = Infinity, patience, refusal = BUSY }: Turn): Promise<void> {
    const queue = this.queues.get(key) ?? { running: 0, waiting: new Set() };
    this.queues.set(key, queue);
    if (queue.running < atOnce) {
      queue.running += 1;
      return Promise.resolve();
    }
    const refused = new BillingError('lock_timeout', refusal);
    if (queue.waiting.size >= waiting) return Promise.reject(refused);
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        queue.waiting.delete(begin);
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        queue.waiting.delete(begin);
        reject(refused);
      }, patience);
      queue.waiting.add(begin);
    });
  }

  /** Who waits is given the turn of whoever ends. */
  private leave(key: Key): void {
    const queue = this.queues.get(key);
    if (!queue) return;
    const [next] = queue.waiting;
    if (next !== undefined) {
      next();
      return;
    }
    queue.running -= 1;
    if (queue.running === 0) this.queues.delete(key);
  }
}

const BUSY = 'Too many requests are waiting to change this object. Ask again in a moment.';

/** Of the connections of a pool, those that may be held at once by statements that look at every row: whoever reads one object always finds one. */
const SHARE = 0.4;

const STATEMENTS = new KeyedLimiter<Sql>();

/**
 * A statement that may look at every row of a table.
 *
 * @param param what the caller has asked for that makes the statement long
 * @throws BillingError lock_timeout if too many wait, or it waits too long, parameter_invalid if the statement took too long
 */
export async function inTurn<T>(sql: Sql, param: string, statement: () => PromiseLike<T>): Promise<T> {
  const turn = { atOnce: Math.max(1, Math.floor(sql.options.max * SHARE)), waiting: LIMITS.longStatementsWaiting.max };
  try {
    return await STATEMENTS.take(sql, { ...turn, patience: DEADLINES.turn, refusal: TOO_MANY }, statement);
  } catch (error) {
    throw isStatementLate(error) ? new BillingError('parameter_invalid', TOO_LONG, { param }) : error;
  }
}

const TOO_LONG = `This took longer than ${String(DEADLINES.statement / 1000)} seconds. Ask for a part of it, by a filter that fewer objects pass.`;
const TOO_MANY = 'Too many sorted lists and searches are under way. Please retry in a moment.';
