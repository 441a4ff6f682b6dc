import { routing } from '../../../objects/shapes/routing';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { answerRouting } from './show';

/** The routing rules in force in the key's mode. Without rules, the processor that stores a card charges it. */
export const retrieveRouting = operation({
  method: 'get',
  path: '/v1/routing',
  summary: 'Retrieve the routing rules',
  tag: 'Processors',
  own: true,
  parameters: parameters({}),
  answer: routing,
  handle: answerRouting,
});
