/**
 * Makes payments with what the score knows of them, and whether they are fraud. They come from seven kinds of payers, with their shares below. What
 * is drawn depends on the seed alone. No payment of a real person is in it.
 */
import type { RiskFeatures } from '../../domain/fraud/risk-features';

export interface Example {
  features: RiskFeatures;
  isFraud: boolean;
}

/** A number from 0 up to 1 (mulberry32). */
export type Random = () => number;

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const chance = (random: Random, of: number): number => (random() < of ? 1 : 0);
const whole = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
/** Small numbers are likely: 0 with the chance 1 / (1 + mean). */
const rare = (random: Random, mean: number): number => Math.floor(Math.log(1 - random()) / Math.log(mean / (1 + mean)));
/** Around `middle`, by a factor: two thirds are within `spread`. */
function around(random: Random, middle: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(Math.log(middle) + normal * Math.log(spread));
}

const DAY = 24;

const regular = (random: Random): RiskFeatures => ({
  amount: around(random, 60, 2.5),
  attemptsOfCardInHour: rare(random, 0.05),
  declinesOfCardInDay: rare(random, 0.06),
  cardsOfCustomerInDay: rare(random, 0.02),
  customersOfCardInWeek: rare(random, 0.02),
  paidWithCard: whole(random, 1, 36),
  cardAge: around(random, 120 * DAY, 3),
  customerAge: around(random, 200 * DAY, 3),
  countriesDiffer: chance(random, 0.03),
  prepaid: chance(random, 0.03),
  emailMissing: chance(random, 0.01),
  digitsInEmail: chance(random, 0.3) * random() * 0.4,
  offSession: 0,
  authenticated: chance(random, 0.1),
});

const fresh = (random: Random): RiskFeatures => ({
  ...regular(random),
  amount: around(random, 50, 3),
  attemptsOfCardInHour: rare(random, 0.25),
  declinesOfCardInDay: rare(random, 0.2),
  cardsOfCustomerInDay: rare(random, 0.12),
  paidWithCard: 0,
  cardAge: 0,
  customerAge: random() * 2,
  countriesDiffer: chance(random, 0.07),
  prepaid: chance(random, 0.06),
  emailMissing: chance(random, 0.08),
});

const tester = (random: Random): RiskFeatures => ({
  ...fresh(random),
  amount: around(random, 3, 2),
  attemptsOfCardInHour: rare(random, 4),
  declinesOfCardInDay: rare(random, 4),
  cardsOfCustomerInDay: 1 + rare(random, 6),
  customersOfCardInWeek: rare(random, 1.5),
  countriesDiffer: chance(random, 0.5),
  prepaid: chance(random, 0.15),
  emailMissing: chance(random, 0.3),
  digitsInEmail: random() * 0.8,
});

const thief = (random: Random): RiskFeatures => ({
  ...fresh(random),
  amount: around(random, 400, 2.5),
  declinesOfCardInDay: rare(random, 0.8),
  cardsOfCustomerInDay: rare(random, 0.8),
  countriesDiffer: chance(random, 0.55),
  prepaid: chance(random, 0.12),
  digitsInEmail: chance(random, 0.6) * random() * 0.7,
  authenticated: chance(random, 0.02),
});

interface Payers {
  /** Of all payments. */
  share: number;
  /** The part of their payments that is fraud. */
  fraud: number;
  draw: (random: Random) => RiskFeatures;
}

const PAYERS: Record<string, Payers> = {
  renewals: { share: 0.45, fraud: 0.001, draw: (random) => ({ ...regular(random), offSession: 1, authenticated: 0 }) },
  regulars: { share: 0.2, fraud: 0.002, draw: regular },
  newcomers: { share: 0.26, fraud: 0.006, draw: fresh },
  travellers: { share: 0.03, fraud: 0.01, draw: (random) => ({ ...fresh(random), countriesDiffer: chance(random, 0.7) }) },
  testers: { share: 0.025, fraud: 0.96, draw: tester },
  thieves: { share: 0.025, fraud: 0.85, draw: thief },
  // They dispute what they have bought themselves: no feature tells them from others.
  'friendly fraud': { share: 0.01, fraud: 1, draw: (random) => (random() < 0.5 ? fresh(random) : regular(random)) },
};

export function generate(seed: number, count: number): Example[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const { draw, fraud } = pick(random());
    return { features: draw(random), isFraud: chance(random, fraud) === 1 };
  });
}

function pick(at: number): Payers {
  let sum = 0;
  const kinds = Object.values(PAYERS);
  const found = kinds.find(({ share }) => (sum += share) > at) ?? kinds.at(-1);
  if (!found) throw new Error('there are no payers');
  return found;
}
