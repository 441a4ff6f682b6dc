/** A Temporal worker deployment: which version of the workers gets the work. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionLike } from '@temporalio/client';

export interface Deployment {
  namespace: string;
  /** The name that workers give with WORKER_VERSIONING: their task queue. */
  name: string;
}

/** What Temporal knows of it; null before any versioned worker has polled. */
export interface Routing {
  /** The build that gets the work. Null: workers without a version. */
  current: string | null;
  ramping: string | null;
  builds: string[];
}

/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;
const LOOK_EVERY_MS = 250;
const IDENTITY = 'dunlin rollout';

export async function routingOf(connection: ConnectionLike, { namespace, name }: Deployment): Promise<Routing | null> {
  try {
    const { workerDeploymentInfo: info } = await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName: name });
    return {
      current: buildOf(info?.routingConfig?.currentDeploymentVersion),
      ramping: buildOf(info?.routingConfig?.rampingDeploymentVersion),
      builds: (info?.versionSummaries ?? []).flatMap(({ deploymentVersion }) => buildOf(deploymentVersion) ?? []),
    };
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return null;
    throw error;
  }
}

const buildOf = (version: { buildId?: string | null } | null | undefined): string | null => version?.buildId ?? null;

/**
 * Waits until a worker of this build has asked for work.
 *
 * @throws Error if none has in time
 */
export async function untilPolled(connection: ConnectionLike, deployment: Deployment, build: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await routingOf(connection, deployment))?.builds.includes(build)) {
    if (Date.now() > deadline) throw new Error(`No worker of ${build} has asked for work: start one with WORKER_VERSIONING=true.`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Gives a part of the workflows to a build. */
export async function ramp(connection: ConnectionLike, { namespace, name }: Deployment, build: string, percentage: number): Promise<void> {
  await connection.workflowService.setWorkerDeploymentRampingVersion({
    ...{ namespace, deploymentName: name, buildId: build, percentage, identity: IDENTITY },
    // The queues of a processor or a registry are polled a moment later.
    ignoreMissingTaskQueues: true,
  });
}

/** Gives all work to a build: running workflows move to it at their next step. */
export async function makeCurrent(connection: ConnectionLike, { namespace, name }: Deployment, build: string): Promise<void> {
  await connection.workflowService.setWorkerDeploymentCurrentVersion({
    ...{ namespace, deploymentName: name, buildId: build, identity: IDENTITY },
    ignoreMissingTaskQueues: true,
  });
}
