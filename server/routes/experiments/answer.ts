import { loadOnlooker } from '../../../db/experiments';
import { answerPriceQuestion } from '../../../domain/experiment/answers';
import { PRICE_ANSWERS, PRICE_QUESTION_MOMENTS } from '../../../domain/rows/experiment';
import { priceAnswer } from '../../../objects/shapes/experiment';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { visitor } from '../../schemas/visitor';

/**
 * Keeps a buyer's answer to the one question on the price, after the purchase or at a cancellation. A later answer replaces it.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive
 */
export const answerExperiment = operation({
  method: 'post',
  path: '/v1/experiments/:experiment/answers',
  summary: 'Answer the question on the price',
  tag: 'Experiments',
  own: true,
  parameters: parameters({
    answer: oneOf(PRICE_ANSWERS),
    customer: id().optional(),
    moment: oneOf(PRICE_QUESTION_MOMENTS),
    visitor: visitor().optional(),
  }),
  answer: priceAnswer,
  async handle(request) {
    const { answer, moment, customer = null, visitor: name = null } = request.parameters;
    atLeastOne(request.parameters, ['customer', 'visitor']);
    onlyOne(request.parameters, ['customer', 'visitor']);
    const experiment = request.pathId('experiment');
    const param = customer === null ? 'visitor' : 'customer';
    const { rows } = await request.change({
      step: 'answerPriceQuestion',
      customer: null,
      subject: `${experiment}/answers/${customer ?? name ?? ''}`,
      load: (tx) => loadOnlooker(tx, request.scope, experiment, { visitor: name, customer }),
      plan: (changes) => {
        present(changes, 'experiment', experiment);
        const found = changes.rows.first('experimentAssignment', (each) => each[param] === (customer ?? name));
        answerPriceQuestion(changes, found, { moment, answer, param });
      },
    });
    const found = rows.first('experimentAssignment', (each) => each[param] === (customer ?? name));
    const { id: assignment, arm } = rows.get('experimentAssignment', found?.countedWith ?? '');
    return { body: { object: 'experiment_price_answer' as const, answer, arm, assignment, experiment, moment } };
  },
});
