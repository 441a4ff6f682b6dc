import type { Operation } from '../../http/operation';
import { cancelForecastOperation } from './cancel';
import { createForecast } from './create';
import { retrieveForecastDifferences } from './differences';
import { listForecastsOperation } from './list';
import { retrieveForecast } from './retrieve';

export const forecasts: Operation[] = [
  createForecast,
  listForecastsOperation,
  retrieveForecast,
  retrieveForecastDifferences,
  cancelForecastOperation,
];
