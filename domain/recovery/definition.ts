/** Reads a program as a caller has sent it, and refuses what could not run. */
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import { omitUndefined } from '../core/omit-undefined';
import type {
  DeclineGroup,
  FinalAction,
  RecoveryAnswer,
  RecoveryArm,
  RecoveryMail,
  RecoverySegment,
  RecoveryStep,
} from '../rows/recovery-program';

/** As the route's schema parsed it: which fields belong to which type is checked here. */
export interface StepParameters {
  type: RecoveryStep['type'];
  answer_within?: number | undefined;
  declines?: DeclineGroup[] | undefined;
  default?: RecoveryAnswer | undefined;
  from?: string | undefined;
  hours?: { from: number; to: number } | undefined;
  mail?: RecoveryMail | undefined;
  notice?: string | undefined;
  owner?: string | undefined;
  paydays?: number[] | undefined;
  seconds?: number | undefined;
  title?: string | undefined;
  to?: string | undefined;
}

export interface ArmParameters {
  name: string;
  share: number;
  steps: StepParameters[];
  ends_in: FinalAction;
}

export type SegmentParameters = { [K in keyof RecoverySegment]?: RecoverySegment[K] | undefined };

const ANY: RecoverySegment = {
  ...{ countries: null, currencies: null, amount_from: null, amount_to: null, tenure_days_from: null, tenure_days_to: null },
  ...{ prices: null, products: null, decline_codes: null, decline_groups: null },
};

/** @throws BillingError parameter_invalid for bounds that nothing is between, parameter_missing for an amount without its currency */
export function segmentOf(before: RecoverySegment | null, params: SegmentParameters | undefined): RecoverySegment {
  const segment: RecoverySegment = { ...(before ?? ANY), ...omitUndefined(params ?? {}) };
  const { amount_from, amount_to, tenure_days_from, tenure_days_to } = segment;
  refuseEmpty('amount', amount_from, amount_to);
  refuseEmpty('tenure_days', tenure_days_from, tenure_days_to);
  if ((amount_from !== null || amount_to !== null) && segment.currencies?.length !== 1) {
    const message = 'Missing required param: segment[currencies]. An amount needs exactly one currency.';
    throw new BillingError('parameter_missing', message, { param: 'segment[currencies]' });
  }
  return segment;
}

function refuseEmpty(name: string, from: number | null, to: number | null): void {
  if (from !== null && to !== null && from > to) throw invalid(`segment[${name}_to]`, `must not be less than \`${name}_from\`.`);
}

/** @throws BillingError parameter_invalid, parameter_missing */
export function armsOf(params: readonly ArmParameters[]): RecoveryArm[] {
  const shares = params.reduce((sum, { share }) => sum + share, 0);
  if (shares !== 100) throw invalid('arms', `the shares must be 100 together, and are ${String(shares)}.`);
  return params.map(({ name, share, steps, ends_in }, index) => {
    const at = `arms[${String(index)}]`;
    if (params.findIndex((each) => each.name === name) !== index) throw invalid(`${at}[name]`, `two arms are called '${name}'.`);
    const read = steps.map((step, place) => stepOf(step, `${at}[steps][${String(place)}]`));
    refuseTooLong(read, `${at}[steps]`);
    return { name, share, steps: read, ends_in };
  });
}

function stepOf({ type, ...params }: StepParameters, at: string): RecoveryStep {
  for (const name of Object.keys(omitUndefined(params))) {
    if (!FIELDS[type].includes(name as Field)) throw invalid(`${at}[${name}]`, `a step of type \`${type}\` has no \`${name}\`.`);
  }
  switch (type) {
    case 'wait':
      return { type, seconds: needed(params.seconds, `${at}[seconds]`) };
    case 'retry':
      return retryOf(params, at);
    case 'mail':
      return { type, mail: needed(params.mail, `${at}[mail]`) };
    case 'notify':
      return { type, notice: needed(params.notice, `${at}[notice]`) };
    case 'end_access':
      return { type };
    case 'downgrade':
      return { type, from: needed(params.from, `${at}[from]`), to: needed(params.to, `${at}[to]`) };
    case 'task':
      return taskOf(params, at);
  }
}

function retryOf({ declines, hours, paydays }: Omit<StepParameters, 'type'>, at: string): RecoveryStep {
  if (hours && hours.from === hours.to % 24) throw invalid(`${at}[hours][to]`, 'must be another hour than `from`.');
  return { type: 'retry', declines: declines ?? null, hours: hours ?? null, paydays: paydays ?? null };
}

function taskOf({ answer_within, default: answer, owner, title }: Omit<StepParameters, 'type'>, at: string): RecoveryStep {
  return {
    type: 'task',
    title: needed(title, `${at}[title]`),
    owner: owner ?? null,
    answer_within: needed(answer_within, `${at}[answer_within]`),
    default: needed(answer, `${at}[default]`),
  };
}

type Field = Exclude<keyof StepParameters, 'type'>;

/** The fields that a step of each type may have. */
const FIELDS: Record<RecoveryStep['type'], readonly Field[]> = {
  wait: ['seconds'],
  retry: ['declines', 'hours', 'paydays'],
  mail: ['mail'],
  notify: ['notice'],
  end_access: [],
  downgrade: ['from', 'to'],
  task: ['answer_within', 'default', 'owner', 'title'],
};

function needed<T>(value: T | undefined, param: string): T {
  if (value === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  return value;
}

/** Nobody waits for years, and no timeline shows hundreds of steps. */
function refuseTooLong(steps: readonly RecoveryStep[], param: string): void {
  const seconds = steps.reduce((sum, step) => sum + secondsOf(step), 0);
  const max = LIMITS.recoverySeconds.max;
  if (seconds > max) throw invalid(param, `a program must take at most ${String(max / 86_400)} days.`);
}

function secondsOf(step: RecoveryStep): number {
  if (step.type === 'wait') return step.seconds;
  return step.type === 'task' ? step.answer_within : 0;
}

const invalid = (param: string, why: string): BillingError => new BillingError('parameter_invalid', `Invalid ${param}: ${why}`, { param });
