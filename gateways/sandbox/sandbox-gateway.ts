/**
 * The built-in gateway: test cards, and a memory like a real processor's. The first answer under a key is stored and repeated, also for two
 * concurrent calls. Testers can make it lose answers, fail, or be away.
 */
import type { GatewayAnswer } from '../../domain/rows/payment-attempt';
import type { RefundAnswer } from '../../domain/rows/refund';
import { ProcessorUnavailable, type PaymentGateway } from '../payment-gateway';
import type { ReadSettlement } from '../settlement';
import { answerCharge, answerRefund, answerSetup, processingError } from './rules';

export interface SandboxOperation {
  key: string;
  kind: 'charge' | 'setup' | 'capture' | 'cancel' | 'refund' | 'evidence' | 'close';
  amount: number | null;
  currency: string | null;
  /** The card's name; later operations on the charge look it up. */
  card: string | null;
  answer: unknown;
  /** The answer instead, if a tester has ordered a decline; null where nothing can be declined. */
  decline: unknown;
}

export type SandboxFault = 'lose_answer' | 'fail_before' | 'outage';

/** The state that a real processor would keep. */
export interface SandboxMemory {
  /** Does the operation unless its key is known, and returns the first answer; or a fault that a tester ordered. */
  perform(operation: SandboxOperation): Promise<{ fault: SandboxFault | null; answer: unknown }>;
  recall(key: string): Promise<{ card: string | null; answer: unknown } | null>;
  /** Whether a tester ordered an outage; counts as one call. */
  isAway(): Promise<boolean>;
  settled: ReadSettlement;
}

/**
 * @param publicUrl the server's URL, for the page on which cardholders authenticate
 * @param name the processor that it stands in for
 */
export function createSandboxGateway(memory: SandboxMemory, publicUrl: string, name = 'sandbox'): PaymentGateway {
  const perform = async (operation: SandboxOperation): Promise<unknown> => {
    const { fault, answer } = await memory.perform(operation);
    if (fault !== null) throw new ProcessorUnavailable(FAULTS[fault]);
    return answer;
  };
  const order = async (operation: Pick<SandboxOperation, 'key' | 'kind'> & { amount?: number }): Promise<void> => {
    await perform({ amount: null, currency: null, card: null, answer: {}, decline: null, ...operation });
  };
  const recall = async (key: string) => {
    if (await memory.isAway()) throw new ProcessorUnavailable(FAULTS.outage);
    return memory.recall(key);
  };
  return {
    name,
    charge: async (request) => {
      const { idempotencyKey: key, amount, currency, card } = request;
      const operation = { key, kind: 'charge', amount, currency, card } as const;
      const answers = { answer: answerCharge(request, publicUrl), decline: processingError(request) };
      return (await perform({ ...operation, ...answers })) as GatewayAnswer;
    },
    setup: async (request) => {
      const { idempotencyKey: key, card } = request;
      return (await perform({
        key,
        kind: 'setup',
        amount: null,
        currency: null,
        card,
        answer: answerSetup(request, publicUrl),
        decline: null,
      })) as GatewayAnswer;
    },
    find: async ({ idempotencyKey: key }) => ((await recall(key))?.answer ?? null) as GatewayAnswer | null,
    capture: async ({ idempotencyKey: key, amount }) => {
      await order({ key, kind: 'capture', amount });
      return { outcome: 'captured', fee: null };
    },
    cancel: async ({ idempotencyKey: key }) => order({ key, kind: 'cancel' }),
    refund: async ({ idempotencyKey: key, charge, amount, currency }) => {
      const card = (await memory.recall(charge))?.card ?? 'visa';
      return (await perform({
        key,
        kind: 'refund',
        amount,
        currency,
        card,
        answer: answerRefund(key, card),
        decline: null,
      })) as RefundAnswer;
    },
    findRefund: async ({ idempotencyKey: key }) => ((await recall(key))?.answer ?? null) as RefundAnswer | null,
    settlement: async (range) => {
      if (await memory.isAway()) throw new ProcessorUnavailable(FAULTS.outage);
      return memory.settled(range);
    },
    submitEvidence: async ({ idempotencyKey: key }) => order({ key, kind: 'evidence' }),
    closeDispute: async ({ idempotencyKey: key }) => order({ key, kind: 'close' }),
  };
}

const FAULTS: Record<SandboxFault, string> = {
  lose_answer: 'the sandbox did it, and its answer was lost, as ordered',
  fail_before: 'the sandbox failed before it did anything, as ordered',
  outage: 'the sandbox is away, as ordered',
};
