import { Histogram, type Registry } from 'prom-client';
import type { Metrics } from './metrics';

/** Seconds: a commit takes milliseconds, a processor up to a minute. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Commits and activities of a worker, by name and result. */
export function createWorkerMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const commits = new Histogram({
    name: 'dunlin_commit_duration_seconds',
    help: 'Commits of steps and how long they took: committed, refused, unavailable (Postgres is away) or failed (a mistake of ours).',
    labelNames: ['step', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const activities = new Histogram({
    name: 'dunlin_activity_duration_seconds',
    help: 'Tries of activities, local ones too, and how long they took.',
    labelNames: ['activity', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  return {
    commit(step, outcome, seconds) {
      commits.observe({ step, outcome }, seconds);
    },
    activity(activity, outcome, seconds) {
      activities.observe({ activity, outcome }, seconds);
    },
  };
}
