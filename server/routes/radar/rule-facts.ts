import type { z } from 'zod';
import { loadMatching } from '../../../db/matching';
import { findUnknownLists } from '../../../db/fraud';
import { listsOf } from '../../../domain/fraud/attributes';
import { LIMITS } from '../../../domain/core/limits';
import { name } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { readRule, wrong, type ReadRule } from '../../radar/read-rule';
import type { TransactionSql } from '../../../db/connect';
import type { Rows } from '../../../domain/rows/rows';

export const rule = (): z.ZodString => name({ max: LIMITS.ruleLength.max });

/** @throws ParameterError parameter_invalid with the character of the mistake, also for a list that does not exist */
export async function readKnownRule(request: ApiRequest<unknown>, source: string): Promise<ReadRule> {
  const read = readRule(source);
  const named = listsOf(read.condition);
  const unknown = await findUnknownLists(request.deps.sql, request.scope, [...new Set(named.map(({ list }) => list))]);
  const first = named.find(({ list }) => unknown.includes(list));
  if (first) throw wrong(first.at, `There is no value list with the alias \`${first.list}\`.`);
  return read;
}

/** Of the account: the number of active ones is limited. */
export const loadRules = (tx: TransactionSql, request: ApiRequest<unknown>): Promise<Rows> =>
  loadMatching(tx, request.scope, [{ kind: 'radarRule', filters: [] }]);

/** Writes to rules and lists of an account follow each other, so that no list is deleted that a new rule names. */
export const lockOf = ({ scope: { account, livemode } }: ApiRequest<unknown>): string => `radar/${account}/${String(livemode)}`;
