import { Client } from '@temporalio/client';
import { Worker, type Logger, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities';
import { watchThresholds } from '../activities/tax-thresholds';
import type { PlanningGuard } from '../activities/dependencies';
import type { Sql } from '../db/connect';
import { documentTokens, type TokenSecrets } from '../db/ids';
import { KEEP_DEFAULT, type Keep } from '../db/retention';
import { scoreByModel } from '../domain/fraud/score';
import type { MailServer } from '../gateways/mail-server';
import type { TaxIdRegistries } from '../gateways/tax-id-registry';
import type { RemoteTaxProviders } from '../gateways/tax-provider';
import type { Gateways } from '../gateways/payment-gateway';
import { noMetrics, type Metrics } from '../observability/metrics';
import type { Tracing } from '../observability/spans';
import { advanceEntity, endWorkflow } from '../temporal/advance';
import { wakeEntities } from '../temporal/entities';
import { wakeTestClock } from '../temporal/test-clocks';
import { createNotifier } from '../temporal/notify';
import { documentLinks } from '../objects/wire';
import { startSweep } from '../temporal/sweep';
import {
  mailsTaskQueue,
  paymentsTaskQueue,
  registryTaskQueue,
  taxTaskQueue,
  testClocksTaskQueue,
  webhooksTaskQueue,
} from '../workflows/contract';
import { workflowBundle, type BundleOptions } from './bundle';
import { startHousekeeping } from './housekeeping';
import { measureActivities } from './measure';
import { DEADLINES } from '../domain/core/deadlines';
import type { RemoteTaxProviderName } from '../domain/rows/tax-provider';

export interface WorkerSetup {
  sql: Sql;
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** The installation's secret, for ids and client secrets. */
  secret: string;
  /** Of the links to documents. */
  tokenSecrets: TokenSecrets;
  /** The API's URL, for links to documents. */
  publicUrl: string;
  /** The API's URL as this worker reaches it. */
  apiUrl: string;
  /** Processors by name; each has its own task queue. */
  gateways: Gateways;
  /** The most calls per second to a processor, over all workers. Absent: as many as there are. */
  callsPerSecond?: Readonly<Record<string, number>>;
  /** Remote tax providers by name; each has its own task queue. */
  taxProviders: RemoteTaxProviders;
  /** Registries of tax ids by name; each has its own task queue. */
  taxIdRegistries: TaxIdRegistries;
  /** Takes mails to customers. Null: the installation has none. */
  mailServer: MailServer | null;
  /** Hosts and CIDR ranges that may receive webhooks besides public addresses. */
  webhookAllowedHosts: string[];
  logger: Logger;
  /** The version of Dunlin. Entities that another version held are retried. */
  appVersion: string;
  guardPlanning: PlanningGuard;
  /** Receives what was done and how long it took. Absent: not measured. */
  metrics?: Metrics;
  /** Null or absent: no traces. */
  tracing?: Tracing | null;
  /** The version of a worker deployment that this worker belongs to. Null or absent: it takes all work of its queues. */
  deployment?: { deploymentName: string; buildId: string } | null;
  /** How long events and meter events are kept, if not the default time. */
  keep?: Keep;
  /** Whether workflows have call stacks, for the Temporal UI and for errors; they cost CPU. Absent: not. */
  callStacks?: boolean;
  /** How often the sweep runs. Milliseconds. */
  sweepEveryMs?: number;
}

export interface RunningWorker {
  /** Takes no new work, finishes what it can in a few seconds, and leaves the rest to the next worker. */
  stop: () => Promise<void>;
  /** Rejects when a worker dies. */
  ended: Promise<void>;
}

const GRACE: Pick<WorkerOptions, 'shutdownGraceTime' | 'shutdownForceTime'> = {
  shutdownGraceTime: DEADLINES.workerGrace,
  shutdownForceTime: DEADLINES.workerStop,
};
const AUTOSCALING = { type: 'autoscaling' } as const;

/** Runs workflows and activities of one task queue, its processors, its webhooks and its test clocks in this process. */
export async function startWorker(setup: WorkerSetup): Promise<RunningWorker> {
  const { sql, connection, namespace, taskQueue, logger } = setup;
  const client = new Client({ connection, namespace, interceptors: { workflow: setup.tracing?.clientInterceptors ?? [] } });
  const notifier = createNotifier(client, taskQueue, sql, (error) => {
    logger.warn('a hint to deliver events or to send mails was lost; the sweep will repeat it', { error });
  });
  const activities = createActivities({
    sql,
    secret: setup.secret,
    linkTo: documentLinks(setup.publicUrl, documentTokens(setup.tokenSecrets)),
    appVersion: setup.appVersion,
    guardPlanning: setup.guardPlanning,
    score: scoreByModel,
    gateways: setup.gateways,
    taxProviders: setup.taxProviders,
    taxIdRegistries: setup.taxIdRegistries,
    wake: (entities, now) => wakeEntities(client, taskQueue, entities, now),
    advance: (entity, now, options) => advanceEntity(client, entity, { taskQueue, now, ...options }),
    wakeTestClock: (clock) => wakeTestClock(client, taskQueue, clock),
    apiUrl: setup.apiUrl,
    endWorkflow: (workflowId, reason) => endWorkflow(client, workflowId, reason),
    notifyEndpoints: notifier.notify,
    notifyMails: notifier.notifyMails,
    mailServer: setup.mailServer,
    webhookAllowedHosts: setup.webhookAllowedHosts,
    metrics: setup.metrics ?? noMetrics,
  });
  const workers = await createWorkers(setup, activities);
  const runs = workers.map((worker) => worker.run());
  const { appVersion, sweepEveryMs: everyMs } = setup;
  const sweep = startSweep({ sql, client, taskQueue, appVersion, notifyEndpoints: notifier.notify, logger, everyMs });
  const housekeeping = startHousekeeping({
    ...{ sql, keep: setup.keep ?? KEEP_DEFAULT, logger },
    watchThresholds: (signal) => watchThresholds({ sql, secret: setup.secret, notifyEndpoints: notifier.notify }, signal),
  });
  const ended = Promise.all(runs).then(() => undefined);
  ended.catch(() => undefined);
  return {
    ended,
    stop: async () => {
      await Promise.all([sweep.stop(), housekeeping.stop()]);
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
      await notifier.stop();
      setup.mailServer?.close();
    },
  };
}

/**
 * One worker for workflows, their commits and other internal activities; one for deliveries; one for test clocks; one for mails, if there is a
 * mail server; one for each processor, each remote tax provider and each registry of tax ids.
 */
async function createWorkers(setup: WorkerSetup, activities: object): Promise<Worker[]> {
  const { tracing } = setup;
  const common = {
    ...{ connection: setup.connection, namespace: setup.namespace, activities, ...GRACE, ...versioning(setup) },
    interceptors: { activity: [...(tracing?.activityInterceptors ?? []), measureActivities(setup.metrics ?? noMetrics)] },
    ...(tracing ? { sinks: tracing.sinks } : {}),
  };
  const remote = (taskQueue: string, slots: number): WorkerOptions => ({
    ...common,
    taskQueue,
    maxConcurrentActivityTaskExecutions: slots,
    activityTaskPollerBehavior: AUTOSCALING,
  });
  return Promise.all([
    Worker.create({
      ...remote(setup.taskQueue, 50),
      workflowBundle: await workflowBundle(setup.logger, bundleOptions(setup)),
      // A commit is a Postgres transaction. If there were more commits than connections, they would wait within their few seconds.
      maxConcurrentLocalActivityExecutions: 40,
      maxConcurrentWorkflowTaskExecutions: 40,
      workflowTaskPollerBehavior: AUTOSCALING,
      maxCachedWorkflows: 2_000,
      reuseV8Context: true,
    }),
    Worker.create(remote(webhooksTaskQueue(setup.taskQueue), 200)),
    Worker.create(remote(testClocksTaskQueue(setup.taskQueue), 100)),
    ...(setup.mailServer ? [Worker.create(remote(mailsTaskQueue(setup.taskQueue), setup.mailServer.atOnce))] : []),
    ...Object.keys(setup.gateways).map((gateway) =>
      Worker.create({ ...remote(paymentsTaskQueue(setup.taskQueue, gateway), 100), ...rateOf(setup, gateway) }),
    ),
    ...Object.keys(setup.taxIdRegistries).map((registry) => Worker.create(remote(registryTaskQueue(setup.taskQueue, registry), 20))),
    ...namesOf(setup.taxProviders).map((provider) => Worker.create(remote(taxTaskQueue(setup.taskQueue, provider), 50))),
  ]);
}

/** Temporal keeps the rate for the whole queue, however many workers serve it. */
function rateOf({ callsPerSecond = {} }: WorkerSetup, gateway: string): Pick<WorkerOptions, 'maxTaskQueueActivitiesPerSecond'> {
  const rate = callsPerSecond[gateway];
  return rate === undefined ? {} : { maxTaskQueueActivitiesPerSecond: rate };
}

const namesOf = (providers: RemoteTaxProviders): RemoteTaxProviderName[] => Object.keys(providers) as RemoteTaxProviderName[];

function bundleOptions({ tracing, callStacks = false }: WorkerSetup): BundleOptions {
  return { interceptorModules: tracing?.workflowInterceptorModules ?? [], callStacks };
}

/**
 * At its next step, a running workflow moves to the version that is current then. So its history must replay with that version; `npm test`
 * proves it for every lifecycle shape.
 */
function versioning({ deployment }: WorkerSetup): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!deployment) return {};
  return { workerDeploymentOptions: { version: deployment, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' } };
}
