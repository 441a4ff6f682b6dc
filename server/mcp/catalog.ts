/** The operations that a caller may use, to search among them. */
import { may, type Permissions } from '../../domain/authorization/permissions';
import { callOf, type Operation } from '../http/operation';
import type { Json } from './calls';
import { fullSchema } from './schemas';

export const permitted = (operations: Iterable<Operation>, permissions: Permissions): Operation[] =>
  [...operations].filter(({ needs }) => may(permissions, needs));

const FOUND_MAX = 15;

/** Those with the most of the words; a word counts more in the path. */
export function search(operations: readonly Operation[], query: string): Json[] {
  const words = query
    .toLowerCase()
    .split(/[^a-z0-9_]+/)
    .filter((word) => word.length > 1)
    .map((word) => word.replace(/(?<=\w{3})s$/, ''));
  const rated = operations.map((operation) => ({ operation, rate: rateOf(operation, words) })).filter(({ rate }) => rate > 0);
  rated.sort((a, b) => b.rate - a.rate || a.operation.path.length - b.operation.path.length);
  return rated.slice(0, FOUND_MAX).map(({ operation }) => ({ operation: callOf(operation), summary: operation.summary }));
}

function rateOf({ method, path, summary, tag }: Operation, words: readonly string[]): number {
  const text = `${method} ${summary} ${tag}`.toLowerCase();
  return words.reduce((sum, word) => sum + (path.includes(word) ? 2 : 0) + (text.includes(word) ? 1 : 0), 0);
}

export function describe(operation: Operation): Json {
  const { summary, own, unsupported } = operation;
  return {
    ...{ operation: callOf(operation), summary, is_stripes: !own, parameters: fullSchema(operation) },
    ...(unsupported.length > 0 ? { not_supported: [...unsupported] } : {}),
  };
}
