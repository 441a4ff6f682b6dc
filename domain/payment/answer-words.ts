import type { GatewayAnswer, PaymentAttempt } from '../rows/payment-attempt';
import type { WaitingReason } from '../rows/waiting';
import type { Rows } from '../rows/rows';
import { retriesIn } from '../recovery/schedule';

/** What a processor answered, after "the charge": `succeeded`; `declined, insufficient_funds`. */
export function answerWords(answer: GatewayAnswer): string {
  switch (answer.outcome) {
    case 'succeeded':
      return answer.captured ? 'succeeded' : 'authorized';
    case 'declined':
    case 'blocked':
      return `${answer.outcome}, ${answer.error.decline_code ?? answer.error.code}`;
    case 'processing':
      return pendingWords(answer);
    case 'requires_action':
      return 'waits for the cardholder';
    case 'waiting':
      return `waits: ${WAITING_WORDS[answer.reason]}`;
    case 'unknown':
      return 'has no answer yet';
  }
}

const pendingWords = ({ voucher }: Extract<GatewayAnswer, { outcome: 'processing' }>): string =>
  voucher === undefined ? 'is being collected by the bank' : 'waits for the payer, who has a voucher';

const WAITING_WORDS: Record<WaitingReason, string> = {
  money_stopped: 'all movement of money is stopped',
  processor_paused: 'its processor is paused',
};

/**
 * The prefix that says which try of the invoice's dunning an attempt is: `retry 3 of 8: `, `new card: `. Empty for any other attempt.
 *
 * @param rows as they were before the answer
 */
export function retryWords({ invoice, workflow, paymentMethod }: PaymentAttempt, rows: Rows): string {
  const dunning = rows.find('dunning', invoice);
  if (!dunning || !workflow.startsWith('dunning/')) return '';
  if (paymentMethod !== dunning.failedPaymentMethod) return 'new card: ';
  return `retry ${String(dunning.retries)} of ${String(retriesIn(dunning.program))}: `;
}
