import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Metrics } from '../observability/metrics';

/** Reports every try of every activity to the metrics, including local ones. */
export function measureActivities(metrics: Metrics): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const startedAt = performance.now();
        const seconds = (): number => (performance.now() - startedAt) / 1000;
        try {
          const result = await next(input);
          metrics.activity(info.activityType, 'completed', seconds());
          return result;
        } catch (error) {
          metrics.activity(info.activityType, 'failed', seconds());
          throw error;
        }
      },
    },
  });
}
