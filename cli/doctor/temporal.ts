/** What is wrong with Temporal: the namespace, its search attributes, and the task queues that nobody serves. */
import type { ConnectionLike } from '@temporalio/client';
import type { Config } from '../../config';
import { pollersOf, temporalAnswers, type TaskKind } from '../../temporal/readiness';
import { listMissing } from '../../worker/search-attributes';
import {
  mailsTaskQueue,
  paymentsTaskQueue,
  registryTaskQueue,
  taxTaskQueue,
  testClocksTaskQueue,
  webhooksTaskQueue,
} from '../../workflows/contract';
import type { Finding } from '../findings';
import { clockFinding } from './database';

const DAY = 86_400;

export async function examineTemporal(connection: ConnectionLike, config: Config): Promise<Finding[]> {
  const { temporalNamespace: namespace, temporalAddress: address = '' } = config;
  await temporalAnswers(connection);
  const answers: Finding = { about: 'temporal', level: 'ok', says: `Temporal answers at ${address}.` };
  const found = await examineNamespace(connection, namespace);
  if (found.some(({ level }) => level === 'failed')) return [answers, ...found];
  return [answers, ...found, ...(await examineQueues(connection, config))];
}

async function examineNamespace(connection: ConnectionLike, namespace: string): Promise<Finding[]> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const days = Math.round(Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY);
    const missing = await listMissing(connection, namespace).catch(() => []);
    const exists: Finding = {
      about: 'namespace',
      level: 'ok',
      says: `The namespace ${namespace} keeps closed workflows for ${days} days.`,
    };
    if (missing.length === 0) return [exists];
    const says = `The namespace ${namespace} lacks the search attributes ${missing.join(', ')}.`;
    return [exists, { about: 'namespace', level: 'failed', says, advice: 'Start a worker: it adds them, or logs the command that does.' }];
  } catch (error) {
    const says = `The namespace ${namespace} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return [{ about: 'namespace', level: 'failed', says, advice: 'Set TEMPORAL_NAMESPACE to one that exists, or create it.' }];
  }
}

async function examineQueues(connection: ConnectionLike, config: Config): Promise<Finding[]> {
  const findings: Finding[] = [];
  let newestMs = 0;
  for (const { name, kind } of queuesOf(config)) {
    const pollers = await pollersOf(connection, { namespace: config.temporalNamespace, taskQueue: name, kind });
    newestMs = Math.max(newestMs, ...pollers.map(({ lastAccessMs }) => lastAccessMs));
    findings.push(queueFinding(name, pollers.length));
  }
  // A worker asks at least once a minute, so only a clock that is ahead shows here.
  if (newestMs > 0) findings.push(clockFinding('Temporal', Math.max(0, newestMs - Date.now())));
  return findings;
}

function queueFinding(name: string, workers: number): Finding {
  if (workers > 0)
    return { about: 'queues', level: 'ok', says: `${workers === 1 ? 'One worker serves' : `${workers} workers serve`} ${name}.` };
  const advice = 'Start a worker with the same TASK_QUEUE, and the same settings as the server.';
  return { about: 'queues', level: 'failed', says: `No worker serves ${name}.`, advice };
}

/** Every queue that a worker with these settings serves. */
function queuesOf(config: Config): { name: string; kind: TaskKind }[] {
  const { taskQueue, processors, smtpUrl, stripeTax, hmrc, abr } = config;
  const activities = [
    webhooksTaskQueue(taskQueue),
    testClocksTaskQueue(taskQueue),
    ...(smtpUrl === undefined ? [] : [mailsTaskQueue(taskQueue)]),
    ...processors.map(({ name }) => paymentsTaskQueue(taskQueue, name)),
    ...((stripeTax.live ?? stripeTax.test) === undefined ? [] : [taxTaskQueue(taskQueue, 'stripe')]),
    ...['vies', ...(hmrc ? ['hmrc'] : []), ...(abr ? ['abr'] : [])].map((registry) => registryTaskQueue(taskQueue, registry)),
  ];
  return [{ name: taskQueue, kind: 'workflow' }, ...activities.map((name) => ({ name, kind: 'activity' as const }))];
}
