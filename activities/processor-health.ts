import { log } from '@temporalio/activity';
import type { Sql } from '../db/connect';
import { noteAnswer, noteFailure } from '../db/processors';
import type { Seller } from '../gateways/payment-gateway';

/** Pauses a processor that does not answer, and resumes it when it does. One per process; an answer is only noted after a failure. */
export class ProcessorHealth {
  private readonly failing = new Set<string>();

  constructor(private readonly sql: Sql) {}

  async failed(seller: Seller, processor: string): Promise<void> {
    this.failing.add(keyOf(seller, processor));
    if (await noteFailure(this.sql, seller, processor)) log.warn('a processor does not answer: its charges wait', { processor, ...seller });
  }

  /** @param isFailing whether a call has failed since the last answer, in any process */
  async answered(seller: Seller, processor: string, isFailing: boolean): Promise<void> {
    const key = keyOf(seller, processor);
    if (!isFailing && !this.failing.has(key)) return;
    this.failing.delete(key);
    if (await noteAnswer(this.sql, seller, processor))
      log.info('a processor answers again: its charges are sent', { processor, ...seller });
  }
}

const keyOf = ({ account, livemode }: Seller, processor: string): string => `${account}/${String(livemode)}/${processor}`;
