/** Test clocks, on which customers of a sandbox live. */
import { ask, listed, mayCall, type Desk } from './ask';

export interface Clock {
  id: string;
  name: string | null;
  frozen_time: number;
}

const CLOCKS = '5';

/** The newest. Live mode has none. */
export async function clocksOf(desk: Desk): Promise<Clock[]> {
  const call = 'GET /v1/test_helpers/test_clocks';
  if (desk.visit.livemode || !mayCall(desk, call)) return [];
  return listed(await ask(desk, { call, parameters: { limit: CLOCKS } })).data as unknown as Clock[];
}

/** Whose figures are shown unless somebody asks for others: where nobody lives without a clock, as in a filled sandbox, the newest clock's. */
export async function usualClock(desk: Desk, clocks: readonly Clock[]): Promise<Clock | null> {
  const call = 'GET /v1/customers';
  const [newest] = clocks;
  if (newest === undefined || !mayCall(desk, call)) return null;
  const { data } = listed(await ask(desk, { call, limit: 1 }));
  return data.length === 0 ? newest : null;
}
