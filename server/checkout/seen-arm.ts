import { findVisitor } from '../../db/experiments';
import { findRow } from '../../db/lookup';
import { loadRows } from '../../db/related';
import { armForSale } from '../../domain/experiment/for-sale';
import { armInForce, controlOf, type Experiment, type SeenArm } from '../../domain/rows/experiment';
import { runForm } from './run-form';
import type { Exchange } from '../forms/run-once';
import type { Dependencies, Scope } from '../http/dependencies';
import { assignOnlooker } from '../experiments/assign';
import type { Visitor } from '../experiments/visitors';

/** The experiment that a page names, while it runs: it decides nothing before and afterwards. */
export async function runningExperiment({ sql }: Dependencies, scope: Scope, id: string | null): Promise<Experiment | null> {
  const found = id === null ? null : await findRow(sql, 'experiment', scope, id);
  return found?.status === 'running' ? found : null;
}

/**
 * What the visitor sees. The first sight makes the assignment; afterwards nothing is written. Whoever would see a price that is not sold now
 * sees the usual one.
 */
export async function seenBy(
  deps: Dependencies,
  exchange: Exchange,
  experiment: Experiment | null,
  visitor: Visitor,
): Promise<SeenArm | null> {
  const seen = await assigned(deps, exchange, experiment, visitor);
  if (seen === null || experiment === null) return null;
  const { payment_link: link, prices } = seen.arm;
  const replacements = prices.map(({ replacement }) => replacement);
  const rows = await loadRows(deps.sql, 'price', experiment, replacements);
  rows.putAll(await loadRows(deps.sql, 'paymentLink', experiment, link === null ? [] : [link]));
  return { ...seen, arm: armForSale(rows, seen.arm) };
}

async function assigned(deps: Dependencies, exchange: Exchange, experiment: Experiment | null, visitor: Visitor): Promise<SeenArm | null> {
  if (experiment === null) return null;
  if (visitor === null) return { arm: controlOf(experiment), assignment: null };
  const known = await findVisitor(deps.sql, experiment.id, visitor);
  if (known) return { arm: armInForce(experiment, known.arm), assignment: known.id };
  let seen: SeenArm = { arm: controlOf(experiment), assignment: null };
  await runForm(deps, exchange, experiment, {
    key: null,
    raw: {},
    work: async (request) => {
      const { arm, assignment } = await assignOnlooker(request, experiment.id, { visitor, customer: null });
      seen = { arm, assignment: assignment?.id ?? null };
    },
  });
  return seen;
}
