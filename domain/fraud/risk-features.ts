/** What the score looks at. Counts leave the present attempt out. */
export interface RiskFeatures {
  /** The amount, in smallest charges of its currency: 20.00 usd is 40. */
  amount: number;
  attemptsOfCardInHour: number;
  declinesOfCardInDay: number;
  cardsOfCustomerInDay: number;
  customersOfCardInWeek: number;
  /** Charges of this card that succeeded within a year. */
  paidWithCard: number;
  /** Hours since the card was first seen here. */
  cardAge: number;
  /** Hours since the customer was created; 0 without one. */
  customerAge: number;
  /** 1: the card's country is another one than the billing address's. */
  countriesDiffer: number;
  prepaid: number;
  emailMissing: number;
  /** The part of digits in what stands before the @. */
  digitsInEmail: number;
  offSession: number;
  authenticated: number;
}

export type RiskFeature = keyof RiskFeatures;

export const RISK_FEATURES = [
  'amount',
  'attemptsOfCardInHour',
  'declinesOfCardInDay',
  'cardsOfCustomerInDay',
  'customersOfCardInWeek',
  'paidWithCard',
  'cardAge',
  'customerAge',
  'countriesDiffer',
  'prepaid',
  'emailMissing',
  'digitsInEmail',
  'offSession',
  'authenticated',
] as const satisfies readonly RiskFeature[];
