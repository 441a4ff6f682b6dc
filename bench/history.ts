/** Counts Temporal's events of a workflow. */
import { Client, Connection } from '@temporalio/client';

export interface HistoryCount {
  events: number;
  workflowTasks: number;
  activities: number;
  localActivities: number;
}

export interface Histories {
  /** Types of the events of a workflow's current run, in order. */
  typesOf: (workflowId: string) => Promise<string[]>;
  close: () => Promise<void>;
}

export async function openHistories(temporalAddress: string): Promise<Histories> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  return {
    typesOf: (workflowId) => typesOf(client, workflowId),
    close: () => connection.close(),
  };
}

export async function typesOf(client: Client, workflowId: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).map(nameOf);
}

export function countEvents(types: string[]): HistoryCount {
  const count = (type: string): number => types.filter((each) => each === type).length;
  return {
    events: types.length,
    workflowTasks: count('workflowTaskCompleted'),
    activities: count('activityTaskScheduled'),
    localActivities: count('markerRecorded'),
  };
}

/** An event has exactly one set of attributes, which is named after its type. */
function nameOf(event: object): string {
  const attributes = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value !== null && value !== undefined);
  return attributes?.[0].replace(/EventAttributes$/, '') ?? 'unknown';
}
