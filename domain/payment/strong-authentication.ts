/**
 * Strong customer authentication, as the law of the EEA and the United Kingdom asks for it: whether the cardholder must authenticate a payment, or an
 * exemption is asked for. Whoever asks for an exemption bears the loss of a fraud: liability does not shift to the bank.
 */
import type { StrongAuthenticationSettings } from '../rows/account';
import type { Exemption, FraudAssessment } from '../rows/payment-attempt';

export interface AuthenticationFacts {
  sellerCountry: string;
  /** Null: no card. */
  cardCountry: string | null;
  amount: number;
  currency: string;
  offSession: boolean;
  /** Of the customer's charges with this card, those since the last authentication. Null: nobody knows whose they are. */
  sinceAuthentication: { payments: number; amount: number } | null;
}

export interface Authentication {
  asks: boolean;
  exemption: Exemption | null;
}

const LEFT_TO_BANK: Authentication = { asks: false, exemption: null };

export const SCA_COUNTRIES: readonly string[] = [
  ...[
    'AT',
    'BE',
    'BG',
    'CY',
    'CZ',
    'DE',
    'DK',
    'EE',
    'ES',
    'FI',
    'FR',
    'GB',
    'GR',
    'HR',
    'HU',
    'IE',
    'IS',
    'IT',
    'LI',
    'LT',
    'LU',
    'LV',
    'MT',
  ],
  ...['NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
];

interface Limits {
  /** A payment below `each` is exempted, for at most `inRow` of them and `all` together since the last authentication. */
  lowValue: { each: number; all: number; inRow: number };
  /** What a low risk may amount to, by the limit in euros that the acquirer's rate of fraud allows. */
  lowRisk: Record<StrongAuthenticationSettings['low_risk_up_to'], number>;
}

/** Minor units. The law names amounts in euros and in pounds; in other currencies no amount is exempted. */
const LIMITS: Record<string, Limits | undefined> = {
  eur: { lowValue: { each: 30_00, all: 100_00, inRow: 5 }, lowRisk: { 0: 0, 100: 100_00, 250: 250_00, 500: 500_00 } },
  gbp: { lowValue: { each: 25_00, all: 85_00, inRow: 5 }, lowRisk: { 0: 0, 100: 85_00, 250: 220_00, 500: 440_00 } },
};

/** Both the seller and the card are where the law holds, and the cardholder is there: a payment that the seller starts is not in its scope. */
function isInScope({ sellerCountry, cardCountry, offSession }: AuthenticationFacts): boolean {
  return !offSession && cardCountry !== null && SCA_COUNTRIES.includes(sellerCountry) && SCA_COUNTRIES.includes(cardCountry);
}

export function strongAuthentication(
  facts: AuthenticationFacts,
  { apply, low_risk_up_to: limit }: StrongAuthenticationSettings,
  riskLevel: FraudAssessment['riskLevel'],
): Authentication {
  if (!apply || !isInScope(facts)) return LEFT_TO_BANK;
  const limits = LIMITS[facts.currency];
  if (limits && isLowValue(facts, limits.lowValue)) return { asks: false, exemption: 'low_value' };
  if (limits && riskLevel === 'normal' && facts.amount <= limits.lowRisk[limit]) return { asks: false, exemption: 'low_risk' };
  return { asks: true, exemption: null };
}

function isLowValue({ amount, sinceAuthentication: since }: AuthenticationFacts, { each, all, inRow }: Limits['lowValue']): boolean {
  return since !== null && amount < each && since.payments < inRow && since.amount + amount <= all;
}
