/** The sandbox's vouchers: their payer pays or does not, as Stripe's test mode has it, by the e-mail address of the payer. */
import { createHash } from 'node:crypto';
import { paidWithoutCard, type GatewayAnswer } from '../../domain/rows/payment-attempt';
import { VOUCHER_TYPES } from '../../domain/rows/payment-method';

/** When the payer pays: in real time, and on a test clock. `lasts`: the seconds after which it expires, whatever was asked for. */
const PAYERS: Record<string, { pays?: { afterSeconds: number; afterDays: number }; lasts?: number }> = {
  pays: { pays: { afterSeconds: 180, afterDays: 1 } },
  succeed_immediately: { pays: { afterSeconds: 3, afterDays: 0 } },
  expire_immediately: { lasts: 0 },
  expire_with_delay: { lasts: 180 },
  fill_never: {},
};

const partsOf = (reference: string): [type: string, payer: string] => {
  const at = reference.indexOf('_');
  return [reference.slice(0, at), reference.slice(at + 1)];
};

/** `oxxo_fill_never`: the type, and what its payer does. */
export const isVoucherReference = (reference: string): boolean => {
  const [type, payer] = partsOf(reference);
  return (VOUCHER_TYPES as readonly string[]).includes(type) && PAYERS[payer] !== undefined;
};

const DIGITS: Record<string, number> = { boleto: 47, konbini: 12, multibanco: 9, oxxo: 14 };

/** The voucher is issued at once, and its page belongs to the sandbox. */
export function answerVoucher(key: string, reference: string, publicUrl: string): GatewayAnswer {
  const [type, payer] = partsOf(reference);
  const { pays, lasts } = PAYERS[payer] ?? {};
  return {
    ...{ outcome: 'processing', reference: key },
    settles: pays === undefined ? null : { answer: paidWithoutCard(key, { captured: true }), ...pays },
    voucher: {
      number: digits(key, DIGITS[type] ?? 0),
      entity: type === 'multibanco' ? digits(`entity/${key}`, 5) : null,
      url: `${publicUrl}/sandbox/voucher/{client_secret}`,
      ...(lasts === undefined ? {} : { lastsSeconds: lasts }),
    },
  };
}

/** The same key has the same number. */
function digits(key: string, length: number): string {
  const hash = createHash('sha256').update(key).digest('hex');
  return BigInt(`0x${hash}`).toString().slice(0, length);
}
