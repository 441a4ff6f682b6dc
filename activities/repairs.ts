/** Corrects many invoices, each once. */
import { log } from '@temporalio/activity';
import { commit, preview, type Committed, type CommitInput } from '../db/commit';
import type { TransactionSql } from '../db/connect';
import { idSource } from '../db/ids';
import { customerTime } from '../db/lookup';
import { loadWithNamed } from '../db/named-facts';
import { loadRedeemable } from '../db/redemptions';
import type { RepairTelling } from '../db/repair-events';
import { findRepairTask, noteCorrected, notePlan, noteRefused, repairWork, type RepairTask, type RepairWork } from '../db/repairs';
import { BillingError } from '../domain/core/errors';
import { InvoiceChanged, planRepair, repairInvoice, versionOf, type RepairPlan } from '../domain/repair/planning';
import type { Rows } from '../domain/rows/rows';
import { snapshot } from '../objects';
import { toRepair, toRepairItem } from '../objects/repair';
import { failureOf, isPassing } from './answers';
import { outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';

/** As many invoices at a time, so that a pause counts soon. */
const PORTION = 4;

export function createRepairActivities(deps: ActivityDependencies) {
  return {
    /** Which invoices of a repair are next. */
    findRepairWork: ({ repair }: { repair: string }): Promise<RepairWork> =>
      outside(async () => {
        const { row, endpoints } = await repairWork(deps.sql, repair, PORTION, tellingOf(deps));
        deps.notifyEndpoints(endpoints);
        return row;
      }),

    /** What the correction of one invoice would be. Nothing of the invoice changes. */
    prepareCorrection: ({ item }: { item: string }): Promise<void> => outside(() => prepare(deps, item)),

    /** Corrects one invoice. One that is corrected already stays as it is. */
    correctInvoice: ({ item }: { item: string }): Promise<void> => outside(() => correct(deps, item)),
  };
}

/** What the workflow does is told as what no call has asked for. */
const tellingOf = ({ secret }: ActivityDependencies): RepairTelling => ({
  ...{ secret, showRepair: toRepair, showItem: toRepairItem, request: null },
});

async function prepare(deps: ActivityDependencies, item: string): Promise<void> {
  const task = await findRepairTask(deps.sql, item);
  if (task?.repairStatus !== 'preparing' || task.status !== 'selected') return;
  const { invoice } = task;
  const seen: { version: string; says: number; plan: RepairPlan | null } = { version: '', says: 0, plan: null };
  const input = await inputOf(deps, task, 'prepareCorrection');
  try {
    await preview(deps.sql, input, async (tx) => ({
      facts: await factsOf(tx, task, loadRedeemable),
      request: null,
      plan: (changes) => {
        const original = changes.rows.get('invoice', invoice);
        Object.assign(seen, { version: versionOf(changes.rows, original), says: original.total });
        seen.plan = planRepair(changes, invoice, task);
      },
    }));
    await notePlan(deps.sql, item, { ...seen, ...noted(seen) });
  } catch (error) {
    await notePlan(deps.sql, item, { ...seen, status: 'blocked', wouldSay: null, reason: reasonOf(error) });
  }
}

/** An invoice that says what it should has no plan. */
const noted = ({ plan, says }: { plan: RepairPlan | null; says: number }) =>
  plan === null
    ? ({ status: 'unchanged', wouldSay: says, reason: null } as const)
    : ({ status: 'planned', wouldSay: plan.wouldSay, reason: null } as const);

/** The note and the new invoice are functions of the repair and the item, so that a second try finds those of the first. */
async function correct(deps: ActivityDependencies, item: string): Promise<void> {
  const task = await findRepairTask(deps.sql, item);
  if (task?.status !== 'planned') return;
  const { invoice, version } = task;
  if (version === null) throw new Error(`item ${item} was never prepared`);
  const input = await inputOf(deps, task, 'correctInvoice');
  const ids = idSource(deps.secret, input.workflow, input.commitKey);
  const made = { note: ids('cn', 0), invoice: ids('in', 0) };
  // A process may have died after it had corrected the invoice, and the repair been paused or canceled since.
  if (task.repairStatus !== 'running') {
    deps.notifyEndpoints(await noteCorrected(deps.sql, item, made, tellingOf(deps)));
    return;
  }
  try {
    const committed = await commit(deps.sql, input, async (tx) => ({
      facts: await factsOf(tx, task),
      request: null,
      plan: (changes) => {
        repairInvoice(changes, invoice, { ...task, version });
      },
    }));
    deps.notifyEndpoints(await noteCorrected(deps.sql, item, made, tellingOf(deps)));
    await announce(deps, task, input.now, committed);
  } catch (error) {
    const status = error instanceof InvoiceChanged ? 'changed' : 'failed';
    deps.notifyEndpoints(await noteRefused(deps.sql, item, { status, reason: reasonOf(error) }, tellingOf(deps)));
  }
}

/** A refusal is an answer, and so is a mistake of ours: the other invoices go on. An outage is waited for. */
function reasonOf(error: unknown): string {
  if (isPassing(error)) throw error;
  if (error instanceof BillingError) return error.message;
  log.error('an invoice was not corrected by a mistake of ours', { error });
  const { name, message, where } = failureOf(error);
  return `${name}: ${message} (${where ?? 'unknown place'})`;
}

async function inputOf(deps: ActivityDependencies, { account, livemode, ...task }: RepairTask, step: string): Promise<CommitInput> {
  const scope = { account, livemode };
  const time = await customerTime(deps.sql, scope, task.customer);
  const now = time?.now ?? Math.floor(Date.now() / 1000);
  return {
    secret: deps.secret,
    render: (kind, key, rows) => snapshot(kind, key, rows, { now, linkTo: deps.linkTo }),
    workflow: `repair/${task.repair}`,
    commitKey: task.id,
    customer: task.customer,
    scope,
    step,
    now,
  };
}

/** The invoice with what belongs to it, what its lines have sold, and the terms of the correction. */
function factsOf(tx: TransactionSql, { account, livemode, ...task }: RepairTask, load?: typeof loadRedeemable): Promise<Rows> {
  const { customer, subscription, invoice, prices, products, selection, correction } = task;
  const some = (...ids: (string | null)[]): string[] => [...new Set(ids)].filter((id) => id !== null);
  const named = {
    price: some(...prices, selection.price, correction.price),
    product: products,
    taxRate: some(selection.tax_rate, correction.tax_rate),
  };
  return loadWithNamed(tx, { account, livemode }, { customer, subscription, invoice, named, ...(load ? { load } : {}) });
}

/** Hints to the workflows that have to go on: the owner of the new invoice, for one. On an advancing clock its scheduler steps them. */
async function announce(deps: ActivityDependencies, { account, livemode }: RepairTask, now: number, committed: Committed): Promise<void> {
  const { wakes, endpoints, hasMails, rows } = committed;
  deps.notifyEndpoints(endpoints);
  if (hasMails) deps.notifyMails({ account, livemode });
  if (wakes.length === 0 || rows.all('testClock').some((clock) => clock.status === 'advancing')) return;
  await deps
    .wake(
      wakes.map((wake) => ({ ...wake, account, livemode })),
      now,
    )
    .catch((error: unknown) => {
      log.warn('a wake was lost; the sweep will repeat it', { error });
    });
}
