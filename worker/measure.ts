import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Metrics } from '../observability/metrics';

/** Tells the metrics of every try of every activity, local ones too. */
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
