/**
 * What the law of the buyer's country asks of a page that sells, as data. It is not legal advice. Sources: Directive 2011/83/EU art. 8(2), 9 and
 * 16 (order button, withdrawal, service begun on request); the Consumer Contracts Regulations 2013 in the United Kingdom; the Consumer
 * Contracts Act's counterparts in the EEA; California's Automatic Renewal Law (express consent to the terms of renewal). Visa and Mastercard want
 * that consent everywhere before a trial that ends in a charge.
 */
export interface Law {
  /** The button says that the order is an obligation to pay. */
  obligation: boolean;
  /** Days in which a consumer may withdraw; null without such a right. */
  withdrawalDays: number | null;
  /** Consent to the terms of renewal is asked for by its own tick. */
  renewalConsent: boolean;
}

/** What the buyer would begin: what renews after today, and whether a card is taken for it. */
interface Begun {
  renewal: object | null;
  trialEnd: number | null;
  needsCard: boolean;
}

/** Whether the buyer agrees to the renewals by a tick of its own. Where usage decides their amount, it names none. */
export function asksRenewalConsent(law: Law, { renewal, trialEnd, needsCard }: Begun): boolean {
  return (law.renewalConsent || (trialEnd !== null && needsCard)) && renewal !== null;
}

const EUROPE: Law = { obligation: true, withdrawalDays: 14, renewalConsent: false };
const KINGDOM: Law = { obligation: true, withdrawalDays: 14, renewalConsent: false };
const STATES: Law = { obligation: false, withdrawalDays: null, renewalConsent: true };
const ELSEWHERE: Law = { obligation: false, withdrawalDays: null, renewalConsent: false };

/** The European Union, and Iceland, Liechtenstein and Norway, where the same directive applies. */
const UNION = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO'.split(' ');

/** @param country two letters: the buyer's, or the seller's as long as the buyer's is unknown */
export function lawOf(country: string): Law {
  const code = country.toUpperCase();
  if (UNION.includes(code)) return EUROPE;
  if (code === 'GB') return KINGDOM;
  return code === 'US' ? STATES : ELSEWHERE;
}
