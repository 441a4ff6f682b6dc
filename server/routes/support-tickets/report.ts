import { measureAnswers, type AnswerTimes } from '../../../db/support';
import { supportReport as shape, type WireSupportReport } from '../../../objects/shapes/support-ticket';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { parameters, timestamp } from '../../http/parameters';

/**
 * How soon questions were first answered: in time (`met`), late or not at all (`missed`), and the median. Of tickets that were opened from
 * `from` until before `to`.
 *
 * @throws BillingError parameter_missing, parameter_invalid for a time that ends before it begins
 */
export const supportReport = operation({
  method: 'get',
  path: '/v1/support_report',
  summary: 'Report how soon questions were answered',
  tag: 'Support',
  own: true,
  parameters: parameters({ from: timestamp(), to: timestamp() }),
  answer: shape,
  async handle({ parameters: { from, to }, deps: { sql }, scope }) {
    if (to <= from) throw new ParameterError('parameter_invalid', 'Invalid to: must be after from.', 'to');
    const measured = await measureAnswers(sql, scope, from, to);
    const total = measured.find(({ route }) => route === null);
    const routes = measured.flatMap((each) => (each.route === null ? [] : [{ route: each.route, ...timesOf(each) }]));
    const body: WireSupportReport = { object: 'support_report', ...timesOf(total), from, livemode: scope.livemode, routes, to };
    return { body };
  },
});

type Times = Omit<WireSupportReport['routes'][number], 'route'>;

function timesOf(of: AnswerTimes | undefined): Times {
  const { closedUnanswered = 0, medianFirstAnswer = null, met = 0, missed = 0, tickets = 0, waiting = 0 } = of ?? {};
  return { closed_unanswered: closedUnanswered, median_first_answer_seconds: medianFirstAnswer, met, missed, tickets, waiting };
}
