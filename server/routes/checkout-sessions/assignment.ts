/** A session for somebody to whom an experiment has assigned an arm sells the prices of that arm. */
import type { TransactionSql } from '../../../db/connect';
import { hasSubscription, loadOnlooker, loadSessionAssignment } from '../../../db/experiments';
import type { CreateSessionParameters } from '../../../domain/checkout/parameters';
import type { ChangeSet } from '../../../domain/core/change-set';
import { assign } from '../../../domain/experiment/assignment';
import { armForSale } from '../../../domain/experiment/for-sale';
import { armInForce, itemsInArm, type ExperimentAssignment } from '../../../domain/rows/experiment';
import { Rows } from '../../../domain/rows/rows';
import { findRow } from '../../../db/lookup';
import { loadRows } from '../../../db/related';
import type { CheckoutSession } from '../../../domain/rows/checkout-session';
import { missing, type ApiRequest } from '../../http/request';

interface Assigned {
  /** That the arms may put in the place of others. */
  prices: string[];
  load: (tx: TransactionSql) => Promise<Rows>;
  /** The session's parameters, with the prices of the arm. */
  applied: (changes: ChangeSet) => CreateSessionParameters;
}

/** @throws BillingError resource_missing */
export async function assignmentFor(
  { deps: { sql }, scope }: ApiRequest<unknown>,
  params: CreateSessionParameters & { experiment_assignment?: string | undefined },
): Promise<Assigned> {
  const { experiment_assignment: id, customer = null } = params;
  if (id === undefined) return { prices: [], load: () => Promise.resolve(new Rows()), applied: () => params };
  const found = (await findRow(sql, 'experimentAssignment', scope, id)) ?? missing('experimentAssignment', id, 'experiment_assignment');
  const { arms } = (await findRow(sql, 'experiment', scope, found.experiment)) ?? { arms: [] };
  const isSubscriber = customer !== null && (await hasSubscription(sql, scope, customer));
  return {
    prices: arms.flatMap((arm) => arm.prices.map(({ replacement }) => replacement)),
    load: async (tx) => {
      const rows = await loadSessionAssignment(tx, scope, id, customer);
      rows.putAll(await loadOnlooker(tx, scope, found.experiment, { visitor: found.visitor, customer }));
      return rows;
    },
    applied: (changes) => withArm(changes, params, assignedTo(changes, id, { customer, isSubscriber })),
  };
}

/** The customer's assignment counts before the one that the session names. Null for a customer who is not counted. */
function assignedTo(changes: ChangeSet, id: string, of: { customer: string | null; isSubscriber: boolean }): ExperimentAssignment | null {
  const named = changes.rows.get('experimentAssignment', id);
  if (of.customer === null) return named;
  return assign(changes, named.experiment, { ...of, visitor: named.visitor });
}

function withArm(changes: ChangeSet, params: CreateSessionParameters, assignment: ExperimentAssignment | null): CreateSessionParameters {
  if (assignment === null) return { ...params, experiment_assignment: null };
  const arm = armForSale(changes.rows, armInForce(changes.rows.get('experiment', assignment.experiment), assignment.arm));
  return {
    ...params,
    line_items: params.line_items && itemsInArm(arm, params.line_items),
    optional_items: params.optional_items && itemsInArm(arm, params.optional_items),
    experiment_assignment: assignment.id,
  };
}

/** The lines with which a session is changed: where its buyer sees an arm, they have the prices of that arm. */
export async function linesInArm<Line extends { price?: string | undefined }>(
  { deps: { sql }, scope }: ApiRequest<unknown>,
  { experimentAssignment: id }: CheckoutSession,
  lines: readonly Line[],
): Promise<Line[]> {
  const assignment = id === null ? null : await findRow(sql, 'experimentAssignment', scope, id);
  const experiment = assignment && (await findRow(sql, 'experiment', scope, assignment.experiment));
  if (!assignment || !experiment) return [...lines];
  const arm = armInForce(experiment, assignment.arm);
  const replacements = arm.prices.map(({ replacement }) => replacement);
  return itemsInArm(armForSale(await loadRows(sql, 'price', scope, replacements), arm), lines);
}
