import { measureRules, type RuleFigures } from '../../../db/fraud-past';
import { figuresCsv } from '../../../objects/grouped-report';
import { rulesReport, type WireRulesReport } from '../../../objects/shapes/radar-reports';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { format } from '../ledger/parameters';

type Line = WireRulesReport['rules'][number];

/**
 * What each rule, list and setting has done to the payments of a span of time, by currency: how many it matched, blocked and sent to review, its false positives
 * (approved reviews, and blocked customers who paid within seven days), and how many of the payments that it matched were disputed.
 *
 * @throws BillingError parameter_missing, parameter_invalid for a span that ends before it begins
 */
export const radarReport = operation({
  method: 'get',
  path: '/v1/radar/report',
  summary: 'Report what fraud rules have done',
  tag: 'Radar',
  own: true,
  parameters: parameters({ format: format(), from: timestamp(), to: timestamp() }),
  answer: rulesReport,
  async handle({ deps: { sql }, parameters: { format: asked, from, to }, scope }) {
    if (to <= from) throw new ParameterError('parameter_invalid', 'Invalid to: must be after from.', 'to');
    const rules = (await measureRules(sql, scope, { from, to })).map(lineOf);
    const csv = asked === 'csv' ? { csv: asCsv(rules) } : {};
    return { body: { object: 'radar.report' as const, ...csv, from, livemode: scope.livemode, rules, to } };
  },
});

function lineOf({ blockedAmount, disputedAmount, falsePositives, ...of }: RuleFigures): Line {
  const rate = of.succeeded === 0 ? null : of.disputed / of.succeeded;
  return { ...of, blocked_amount: blockedAmount, dispute_rate: rate, disputed_amount: disputedAmount, false_positives: falsePositives };
}

const COLUMNS = {
  counts: ['matched', 'shadow', 'blocked', 'reviewed', 'approved', 'false_positives', 'succeeded', 'disputed'],
  amounts: ['blocked_amount', 'disputed_amount'],
  rates: ['dispute_rate'],
} as const;

const asCsv = (rules: readonly Line[]): string =>
  figuresCsv(
    'rule',
    COLUMNS,
    rules.map((line) => [line.rule, line]),
  );
