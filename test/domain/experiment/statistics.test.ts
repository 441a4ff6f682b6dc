import { compare, type Sample } from '../../../domain/experiment/comparison';
import { drawArm } from '../../../domain/experiment/draw';
import { logGamma, SAMPLE_RATIO_ERROR, sampleRatio } from '../../../domain/experiment/sample-ratio';
import { runs } from '../../support/runs';

/** Numbers from 0 to 1, always the same for a seed (mulberry32): the simulations are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Growing implements Sample {
  people = 0;
  nonZero = 0;
  sum = 0;
  sumOfSquares = 0;
  add(value: number): void {
    this.people += 1;
    if (value !== 0) this.nonZero += 1;
    this.sum += value;
    this.sumOfSquares += value * value;
  }
}

type Person = (next: () => number) => number;

/** Looks after every 20 people of an arm, 5,000 people long, and says in how many of the experiments any look was conclusive. */
function conclusive(experiments: number, control: Person, arm: Person, error = 0.05): number {
  const next = random(20_261_129);
  let found = 0;
  for (let experiment = 0; experiment < experiments; experiment += 1) {
    const [first, second] = [new Growing(), new Growing()];
    for (let person = 1; person <= 5_000; person += 1) {
      first.add(control(next));
      second.add(arm(next));
      const difference = person % 20 === 0 ? compare(second, first, error) : null;
      if (difference !== null && (difference.lower > 0 || difference.upper < 0)) {
        found += 1;
        break;
      }
    }
  }
  return found;
}

const buys =
  (share: number, amounts: readonly number[] = [1]): Person =>
  (next) =>
    next() < share ? (amounts[Math.floor(next() * amounts.length)] ?? 0) : 0;

const EXPERIMENTS = runs(400);

describe('an interval that people look at all the time', () => {
  test.each([
    ['conversion of one in twenty', buys(0.05)],
    ['conversion of two in five', buys(0.4)],
    ['revenue of plans that cost very different amounts', buys(0.08, [900, 900, 900, 2900, 29_000])],
  ])('calls no more than one in twenty equal arms different: %s', (_name, person) => {
    expect(conclusive(EXPERIMENTS, person, person)).toBeLessThanOrEqual(EXPERIMENTS * 0.05);
  });

  test('finds a difference that is there, and says which arm is better', () => {
    expect(conclusive(60, buys(0.1), buys(0.16))).toBeGreaterThan(50);
    const [control, arm] = [new Growing(), new Growing()];
    const next = random(7);
    for (let person = 0; person < 5_000; person += 1) {
      control.add(buys(0.1, [1000])(next));
      arm.add(buys(0.16, [1000])(next));
    }
    const difference = compare(arm, control, 0.05);
    expect(difference?.lower).toBeGreaterThan(0);
    expect(difference?.estimate).toBeCloseTo((arm.sum - control.sum) / 5_000, 9);
  });

  test('is narrower with more people, wider with less error allowed, and says nothing about a handful', () => {
    const of = (people: number): Sample => ({ people, nonZero: people / 10, sum: people / 10, sumOfSquares: people / 10 });
    const widthOf = (people: number, error = 0.05) => {
      const found = compare(of(people), of(people), error);
      return found === null ? null : found.upper - found.lower;
    };
    expect(widthOf(100)).toBeNull();
    expect(widthOf(100_000)).toBeLessThan(widthOf(1_000) ?? 0);
    expect(widthOf(1_000, 0.01)).toBeGreaterThan(widthOf(1_000) ?? 0);
    const nobodyBuys = { ...of(5_000), nonZero: 0, sum: 0, sumOfSquares: 0 };
    expect(compare(nobodyBuys, of(5_000), 0.05)).toBeNull();
  });
});

describe('the alarm for the ratio of visitors', () => {
  const simulate = (experiments: number, first: number) => {
    const next = random(11);
    let alarms = 0;
    for (let experiment = 0; experiment < experiments; experiment += 1) {
      const drawn = [0, 0, 0];
      for (let visitor = 1; visitor <= 3_000; visitor += 1) {
        const point = next();
        drawn[point < first ? 0 : point < first + 0.25 ? 1 : 2] = (drawn[point < first ? 0 : point < first + 0.25 ? 1 : 2] ?? 0) + 1;
        const arms = [50, 25, 25].map((share, index) => ({ share, drawn: drawn[index] ?? 0 }));
        if (visitor % 10 === 0 && sampleRatio(arms).alarm) {
          alarms += 1;
          break;
        }
      }
    }
    return alarms;
  };

  test('rings by accident at most once in a thousand experiments, over all looks', () => {
    const experiments = runs(1_000);
    expect(simulate(experiments, 0.5)).toBeLessThanOrEqual(Math.ceil(experiments * SAMPLE_RATIO_ERROR));
  });

  test('rings when an arm loses one visitor in five', () => {
    expect(simulate(20, 0.4)).toBe(20);
  });

  test('no visitors are no evidence', () => {
    expect(sampleRatio([50, 50].map((share) => ({ share, drawn: 0 })))).toEqual({ alarm: false, evidence: expect.closeTo(0, 9) as number });
  });

  test('the gamma function is the factorial', () => {
    let factorial = 1;
    for (let number = 1; number <= 15; number += 1) {
      expect(logGamma(number + 1)).toBeCloseTo(Math.log((factorial *= number)), 9);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 9);
  });
});

describe('the draw', () => {
  const arms = [
    { name: 'control', share: 50, prices: [], payment_link: null, pricing_table: null },
    { name: 'a', share: 30, prices: [], payment_link: null, pricing_table: null },
    { name: 'b', share: 20, prices: [], payment_link: null, pricing_table: null },
  ];
  const visitors = Array.from({ length: 20_000 }, (_, index) => `visitor-${String(index)}`);

  test('gives a visitor the same arm every time, and each arm its share', () => {
    const drawn = visitors.map((visitor) => drawArm(arms, 'exp_1', visitor));
    expect(visitors.map((visitor) => drawArm(arms, 'exp_1', visitor))).toEqual(drawn);
    const counted = arms.map(({ name, share }) => ({ share, drawn: drawn.filter((arm) => arm === name).length }));
    expect(sampleRatio(counted)).toMatchObject({ alarm: false });
    for (const { share, drawn: count } of counted) expect(count / visitors.length).toBeCloseTo(share / 100, 1);
  });

  test('of one experiment says nothing about that of another', () => {
    const both = visitors.filter(
      (visitor) => drawArm(arms, 'exp_1', visitor) === 'control' && drawArm(arms, 'exp_2', visitor) === 'control',
    );
    expect(both.length / visitors.length).toBeCloseTo(0.25, 1);
  });
});
