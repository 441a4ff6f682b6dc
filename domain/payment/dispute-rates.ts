/**
 * How many of the payments were disputed, as each network counts it, and a warning before its threshold. Visa divides the disputes and the fraud
 * reports of a month by the payments of that month; Mastercard divides by the payments of the month before. 6 of 1,000 are 0.6 %.
 */
import BigNumber from 'bignumber.js';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { exponentOf } from '../money/currency';
import { sumOf } from '../money/money';
import { settingsOf, type DisputeSettings } from '../rows/account';
import type { DisputeMonth, DisputeRate, MonthCounts } from '../rows/dispute-rate';
import { DISPUTE_PROGRAMS, isSubject, type DisputeProgram, type Measure, type Threshold } from './dispute-programs';

/** So much of a threshold is near it. */
const NEAR = '0.8';

function programsOf({ warn_count: count, warn_percent: percent }: DisputeSettings, country: string): DisputeProgram[] {
  const programs = DISPUTE_PROGRAMS.filter((program) => isSubject(program, country));
  if (count === null && percent === null) return programs;
  const begins: Threshold[] = [
    { of: 'count', at: String(count ?? 0) },
    { of: 'percent', at: percent ?? '0' },
  ];
  return [...programs, { program: 'own', network: null, counts: 'disputes', transactionsOf: 'month', begins }];
}

export function disputeRates(
  { month, counts, country }: Omit<DisputeMonth, 'warned'>,
  settings: DisputeSettings,
  livemode: boolean,
): DisputeRate[] {
  return programsOf(settings, country).map((program) => {
    const { begins, network, transactionsOf } = program;
    const counted = counts.filter((each) => network === null || network === each.network);
    const { amount, disputes, measured, transactions, warnings } = measuredBy(program, counted);
    const at = (of: Measure): string | null => begins.find((each) => each.of === of)?.at ?? null;
    const limit = at('amount');
    const isOfVolume = at('percent_of_volume') !== null;
    const rate = measured[isOfVolume ? 'percent_of_volume' : 'percent'];
    return {
      object: 'dispute_rate',
      amount: limit === null ? null : amount,
      count: disputes + warnings,
      disputes,
      early_fraud_warnings: warnings,
      livemode,
      month,
      network,
      program: program.program,
      rate: rate === null ? null : rate.toFormat(4, BigNumber.ROUND_HALF_UP, { decimalSeparator: '.' }),
      rate_of: isOfVolume ? 'volume' : 'payments',
      status: statusOf(begins, measured),
      threshold: {
        amount: limit === null ? null : Number(limit),
        count: Number(at('count') ?? 0),
        percent: at('percent') ?? at('percent_of_volume') ?? '0',
      },
      transactions,
      transactions_of: transactionsOf,
    };
  });
}

interface Measured {
  disputes: number;
  warnings: number;
  amount: number;
  transactions: number;
  /** Null: there is nothing to divide by. */
  measured: Record<Measure, BigNumber | null>;
}

function measuredBy({ counts, transactionsOf }: DisputeProgram, counted: readonly MonthCounts[]): Measured {
  const total = (of: (each: MonthCounts) => number): number => sumOf(counted.map(of));
  const hasDisputes = counts !== 'fraud';
  const hasFraud = counts !== 'disputes';
  const disputes = hasDisputes ? total((each) => each.disputes) : 0;
  const warnings = hasFraud ? total((each) => each.warnings) : 0;
  const amount = (hasDisputes ? total((each) => each.disputedAmount) : 0) + (hasFraud ? total((each) => each.warnedAmount) : 0);
  const payments = total((each) => each.payments);
  const transactions = transactionsOf === 'month' ? payments : total((each) => each.paymentsBefore);
  const measured = {
    amount: new BigNumber(amount),
    count: new BigNumber(disputes + warnings),
    percent: percentOf(disputes + warnings, transactions),
    percent_of_volume: percentOf(
      amount,
      total((each) => each.volume),
    ),
    payments: new BigNumber(payments),
    secured_percent: percentOf(
      total((each) => each.secured),
      payments,
    ),
  };
  return { disputes, warnings, amount, transactions, measured };
}

const percentOf = (part: number, whole: number): BigNumber | null => (whole === 0 ? null : new BigNumber(part).times(100).div(whole));

/** Without payments to divide by, the other thresholds decide. Where nothing counts, no program begins. */
function statusOf(begins: readonly Threshold[], measured: Measured['measured']): DisputeRate['status'] {
  const isAt = (share: string): boolean =>
    measured.count?.isGreaterThan(0) === true && begins.every((each) => isMet(each, measured[each.of], share));
  if (isAt('1')) return 'reached';
  return isAt(NEAR) ? 'approaching' : 'below';
}

function isMet({ of, at, is }: Threshold, value: BigNumber | null, share: string): boolean {
  if (value === null) return true;
  if (is === 'at_most') return value.isLessThanOrEqualTo(at);
  // How many payments there are says whether the program counts at all: it has no four fifths.
  const limit = new BigNumber(at).times(of === 'payments' ? '1' : share);
  return is === 'above' && share === '1' ? value.isGreaterThan(limit) : value.isGreaterThanOrEqualTo(limit);
}

/** Cents of US dollars, by the seller's own rate. Without one, the amount counts for nothing. */
export const inCents = (amount: number, currency: string, rate: string | null): number =>
  rate === null
    ? 0
    : new BigNumber(amount)
        .shiftedBy(2 - exponentOf(currency))
        .times(rate)
        .integerValue()
        .toNumber();

/** After a dispute has begun: a warning for each program, once in a month at each level. */
export function warnOfRates(changes: ChangeSet, { subject }: StepInput): void {
  const dispute = changes.rows.get('dispute', subject);
  const { disputeMonth: month } = changes.rows;
  if (month === null) return;
  const { disputes } = settingsOf(changes.rows.get('account', dispute.account), dispute);
  for (const rate of disputeRates(month, disputes, dispute.livemode)) {
    const warning = `${rate.program}/${rate.status}`;
    const isKnown = [warning, `${rate.program}/reached`].some((each) => month.warned.includes(each));
    if (rate.status === 'below' || isKnown) continue;
    const { rateWarnings } = changes.rows.get('dispute', dispute.id);
    changes.patch('dispute', dispute.id, { rateWarnings: [...rateWarnings, warning] });
    changes.emitAbout(`dunlin.dispute_rate.${rate.status}`, { kind: 'dispute', key: dispute.id, object: { ...rate } });
  }
}
