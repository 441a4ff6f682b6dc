/**
 * Who must be told of a charge before it comes, as data: rules of law and of card schemes, with their sources. It is not legal advice. A notice
 * that is due on the customer's own contract says the date, the amount, and how to cancel.
 */
export interface NoticeRule {
  id: string;
  /** The charge at the end of a trial, or a renewal. */
  before: 'trial_end' | 'renewal';
  /** Brands of cards and types of debits, as the API names them. Null: however it is paid. */
  brands: readonly string[] | null;
  /** Where the customer is: a country, or a state of one (`US-CA`). Null: anywhere. */
  places: readonly string[] | null;
  /** Months of the term that renews, or days of the trial: shorter ones need no notice. */
  from: number;
  /** The notice must come so many days before the charge. */
  days: { least: number; most: number };
  source: string;
}

export const NOTICE_RULES: readonly NoticeRule[] = [
  {
    ...{ id: 'usual', before: 'trial_end', brands: null, places: null, from: 3 },
    days: { least: 3, most: 30 },
    source: 'Three days, as Stripe tells sellers of it (customer.subscription.trial_will_end).',
  },
  {
    ...{ id: 'visa_trial', before: 'trial_end', brands: ['visa'], places: null, from: 7 },
    days: { least: 7, most: 30 },
    source: 'Visa Rules, free trials and introductory offers (April 2020): at least seven days before, with a link to cancel online.',
  },
  {
    ...{ id: 'mastercard_trial', before: 'trial_end', brands: ['mastercard'], places: null, from: 7 },
    days: { least: 3, most: 7 },
    source: 'Mastercard, Standards for subscription merchants (2022): three to seven days before a trial ends.',
  },
  {
    ...{ id: 'california_trial', before: 'trial_end', brands: null, places: ['US-CA'], from: 32 },
    days: { least: 3, most: 21 },
    source: 'California Business and Professions Code § 17602(b): trials of more than 31 days, three to 21 days before.',
  },
  {
    ...{ id: 'visa_term', before: 'renewal', brands: ['visa'], places: null, from: 6 },
    days: { least: 7, most: 30 },
    source: 'Visa Rules, recurring transactions: terms of six months or longer, at least seven days before.',
  },
  {
    ...{ id: 'mastercard_term', before: 'renewal', brands: ['mastercard'], places: null, from: 6 },
    days: { least: 7, most: 30 },
    source: 'Mastercard, Standards for subscription merchants (2022): terms of six months or longer, seven to 30 days before.',
  },
  {
    ...{ id: 'california_term', before: 'renewal', brands: null, places: ['US-CA'], from: 12 },
    days: { least: 15, most: 45 },
    source:
      'California Business and Professions Code § 17602(b): terms of one year or longer, 15 to 45 days before; the annual reminder is the same mail.',
  },
  {
    ...{ id: 'france_term', before: 'renewal', brands: null, places: ['FR'], from: 12 },
    days: { least: 31, most: 85 },
    source: 'Code de la consommation art. L215-1: one to three months before the last day on which a renewal can be refused.',
  },
  {
    ...{ id: 'sepa_trial', before: 'trial_end', brands: ['sepa_debit'], places: null, from: 14 },
    days: { least: 14, most: 30 },
    source: 'SEPA Core Direct Debit Scheme Rulebook, pre-notification: at the latest 14 days before the debit, if nothing else is agreed.',
  },
  {
    ...{ id: 'sepa_renewal', before: 'renewal', brands: ['sepa_debit'], places: null, from: 1 },
    days: { least: 14, most: 21 },
    source: 'SEPA Core Direct Debit Scheme Rulebook, pre-notification: at the latest 14 days before the debit, if nothing else is agreed.',
  },
  {
    ...{ id: 'bacs_trial', before: 'trial_end', brands: ['bacs_debit'], places: null, from: 5 },
    days: { least: 5, most: 30 },
    source: 'Bacs Direct Debit, advance notice as agreed in the mandate: three working days before, which are at most five days.',
  },
  {
    ...{ id: 'bacs_renewal', before: 'renewal', brands: ['bacs_debit'], places: null, from: 1 },
    days: { least: 5, most: 14 },
    source: 'Bacs Direct Debit, advance notice as agreed in the mandate: three working days before, which are at most five days.',
  },
  {
    ...{ id: 'india', before: 'renewal', brands: ['visa', 'mastercard', 'amex'], places: ['IN'], from: 0 },
    days: { least: 1, most: 3 },
    source: 'Reserve Bank of India, e-mandates on cards for recurring transactions: at least 24 hours before each charge.',
  },
];

/** What the rules are asked about. */
export interface Charged {
  before: NoticeRule['before'];
  /** Of the card, or the type of the debit. */
  brand: string | null;
  place: { country: string | null; state: string | null } | null;
  /** Months of the term, or days of the trial. */
  length: number;
}

/** On how many days before the charge notices come: as few as satisfy every rule that applies, the earliest first. */
export function noticeDays({ before, brand, place, length }: Charged): number[] {
  const rules = NOTICE_RULES.filter(
    (rule) => rule.before === before && length >= rule.from && isBrand(rule, brand) && isPlace(rule, place),
  );
  const days: number[] = [];
  for (const { least, most } of rules.map((rule) => rule.days).sort((a, b) => a.most - b.most)) {
    if (!days.some((day) => day >= least && day <= most)) days.push(before === 'trial_end' ? shortest(rules, { least, most }) : most);
  }
  return days.sort((a, b) => b - a);
}

/** A trial is short, so its notice comes as late as all rules that it can satisfy allow. */
function shortest(rules: readonly NoticeRule[], { least, most }: NoticeRule['days']): number {
  return Math.max(least, ...rules.map((rule) => rule.days.least).filter((day) => day <= most));
}

const isBrand = ({ brands }: NoticeRule, brand: string | null): boolean => brands === null || (brand !== null && brands.includes(brand));

function isPlace({ places }: NoticeRule, place: Charged['place']): boolean {
  if (places === null) return true;
  const country = place?.country?.toUpperCase() ?? '';
  return places.includes(country) || places.includes(`${country}-${place?.state?.toUpperCase() ?? ''}`);
}
