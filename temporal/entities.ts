import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { workflowId, type EntityRef } from '../domain/rows/workflow';
import { releaseSignal, SEARCH_ATTRIBUTES, wakeSignal, WORKFLOW_TYPES, type EntityInput } from '../workflows/contract';

interface EntityStart {
  taskQueue: string;
  workflowId: string;
  args: [EntityInput];
  typedSearchAttributes: TypedSearchAttributes;
  staticSummary: string;
  staticDetails: string;
}

/** How an entity's workflow is started, by every caller. Sets what the Temporal UI shows of it. */
export function startOptions(taskQueue: string, entity: EntityRef, now: number, begin: EntityInput['begin']): EntityStart {
  const attributes = [
    { key: SEARCH_ATTRIBUTES.account, value: entity.account },
    { key: SEARCH_ATTRIBUTES.status, value: 'starting' },
    ...(entity.customer ? [{ key: SEARCH_ATTRIBUTES.customer, value: entity.customer }] : []),
    ...(entity.testClock ? [{ key: SEARCH_ATTRIBUTES.testClock, value: entity.testClock }] : []),
  ];
  return {
    taskQueue,
    workflowId: workflowId(entity.kind, entity.subject),
    args: [{ ...entity, now, begin }],
    typedSearchAttributes: new TypedSearchAttributes(attributes),
    staticSummary: `${entity.kind} ${entity.subject}`,
    staticDetails: [
      entity.customer ? `customer \`${entity.customer}\`` : 'no customer',
      entity.livemode ? 'live mode' : 'test mode',
      entity.testClock ? `on test clock \`${entity.testClock}\`` : 'in real time',
    ].join(', '),
  };
}

/** Wakes workflows to read their rows, and starts those that do not run. A hint: the sweep repairs a lost one. */
export function wakeEntities(client: Client, taskQueue: string, entities: EntityRef[], now: number): Promise<void> {
  return signalEntities(client, taskQueue, entities, { signal: wakeSignal, now });
}

/** Makes held entities retry the failed step. */
export function releaseEntities(client: Client, taskQueue: string, entities: EntityRef[], now: number): Promise<void> {
  return signalEntities(client, taskQueue, entities, { signal: releaseSignal, now });
}

async function signalEntities(
  client: Client,
  taskQueue: string,
  entities: EntityRef[],
  { signal, now }: { signal: typeof wakeSignal; now: number },
): Promise<void> {
  await Promise.all(
    entities.map((entity) =>
      client.workflow.signalWithStart(WORKFLOW_TYPES[entity.kind], {
        ...startOptions(taskQueue, entity, now, 'refresh'),
        signal,
        signalArgs: [{ now }],
      }),
    ),
  );
}
