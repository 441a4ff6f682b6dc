/** Cards of Dunlin's own, declined with what a card network says of a next try. Stripe has no such test cards. */
import type { CardBehavior } from './card-behavior';

interface AdviceCard {
  name: string;
  number: string;
  brand: 'mastercard' | 'visa';
  behavior: CardBehavior;
}

const NO_ADVICE = { advice_code: null, network_advice_code: null, network_decline_code: null };

export const ADVICE_CARDS: readonly AdviceCard[] = [
  {
    ...{ name: 'visa_chargeCustomerFailInsufficientFunds', number: '4000000000007809', brand: 'visa' },
    behavior: { charge: 'insufficient_funds', advice: { ...NO_ADVICE, advice_code: 'try_again_later', network_decline_code: '51' } },
  },
  {
    ...{ name: 'visa_chargeCustomerFailNeverApproved', number: '4000000000007817', brand: 'visa' },
    behavior: { charge: 'generic_decline', advice: { ...NO_ADVICE, network_decline_code: '57' } },
  },
  {
    ...{ name: 'mastercard_chargeCustomerFail', number: '5105100000000506', brand: 'mastercard' },
    behavior: { charge: 'generic_decline' },
  },
  {
    ...{ name: 'mastercard_chargeCustomerFailRetryAfterFourDays', number: '5105100000000514', brand: 'mastercard' },
    behavior: { charge: 'insufficient_funds', advice: { ...NO_ADVICE, network_advice_code: '27', network_decline_code: '51' } },
  },
  {
    ...{ name: 'mastercard_chargeCustomerFailDoNotRetry', number: '5105100000000522', brand: 'mastercard' },
    behavior: { charge: 'generic_decline', advice: { ...NO_ADVICE, network_advice_code: '03' } },
  },
];
