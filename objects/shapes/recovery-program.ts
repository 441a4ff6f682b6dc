import { z } from 'zod';
import { RECOVERY_STATUSES } from '../../domain/rows/dunning';
import { DECLINE_GROUPS, FINAL_ACTIONS, RECOVERY_ANSWERS, RECOVERY_MAILS } from '../../domain/rows/recovery-program';
import { epoch, integer, metadata, minorUnits } from './parts';

const texts = () => z.array(z.string()).nullable();
const groups = () => z.array(z.enum(DECLINE_GROUPS)).nullable();

const step = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('wait'), seconds: integer() }),
  z.strictObject({
    type: z.literal('retry'),
    declines: groups(),
    hours: z.strictObject({ from: integer(), to: integer() }).nullable(),
    paydays: z.array(integer()).nullable(),
  }),
  z.strictObject({ type: z.literal('mail'), mail: z.enum(RECOVERY_MAILS) }),
  z.strictObject({ type: z.literal('notify'), notice: z.string() }),
  z.strictObject({ type: z.literal('end_access') }),
  z.strictObject({ type: z.literal('downgrade'), from: z.string(), to: z.string() }),
  z.strictObject({
    type: z.literal('task'),
    answer_within: integer(),
    default: z.enum(RECOVERY_ANSWERS),
    owner: z.string().nullable(),
    title: z.string(),
  }),
]);

const definition = {
  arms: z.array(z.strictObject({ name: z.string(), ends_in: z.enum(FINAL_ACTIONS), share: integer(), steps: z.array(step) })),
  segment: z.strictObject({
    amount_from: minorUnits().nullable(),
    amount_to: minorUnits().nullable(),
    countries: texts(),
    currencies: texts(),
    decline_codes: texts(),
    decline_groups: groups(),
    prices: texts(),
    products: texts(),
    tenure_days_from: integer().nullable(),
    tenure_days_to: integer().nullable(),
  }),
  version: integer(),
};

/** Dunlin's own. */
export const recoveryProgram = z
  .strictObject({
    id: z.string(),
    object: z.literal('recovery_program'),
    active: z.boolean(),
    created: epoch(),
    livemode: z.boolean(),
    metadata: metadata(),
    name: z.string(),
    position: integer(),
    ...definition,
  })
  .meta({ id: 'recovery_program' });
export type WireRecoveryProgram = z.output<typeof recoveryProgram>;

/** Dunlin's own. */
export const recoveryProgramVersion = z
  .strictObject({
    id: z.string(),
    object: z.literal('recovery_program_version'),
    created: epoch(),
    livemode: z.boolean(),
    recovery_program: z.string(),
    ...definition,
  })
  .meta({ id: 'recovery_program_version' });
export type WireRecoveryProgramVersion = z.output<typeof recoveryProgramVersion>;

/** Dunlin's own: the recovery of one invoice. Its id is the invoice's. */
export const recovery = z
  .strictObject({
    id: z.string(),
    object: z.literal('recovery'),
    /** What remained to be paid when it began. */
    amount: minorUnits(),
    /** Null for the account's default, which has no arms. */
    arm: z.string().nullable(),
    created: epoch(),
    customer: z.string(),
    decline_code: z.string().nullable(),
    decline_group: z.enum(DECLINE_GROUPS),
    ended_at: epoch().nullable(),
    ends_in: z.enum(FINAL_ACTIONS),
    failed_at: epoch(),
    invoice: z.string(),
    livemode: z.boolean(),
    /** Earlier, the card may not be charged: its network or bank wants that, or a limit of the network is reached. */
    not_before: epoch().nullable(),
    next_retry_at: epoch().nullable(),
    next_step: integer().nullable(),
    next_step_at: epoch().nullable(),
    notice: z.string().nullable(),
    reason: z.string(),
    /** What has paid the invoice, and the place of the retry that did. */
    recovered_by: z.enum(['new_card', 'payment', 'retry']).nullable(),
    recovered_step: integer().nullable(),
    /** Null: the account's default. */
    recovery_program: z.string().nullable(),
    retries: integer(),
    status: z.enum(RECOVERY_STATUSES),
    steps: z.array(step),
    subscription: z.string().nullable(),
    /** The task of a person for which it waits. */
    task: z.string().nullable(),
    version: z.string(),
  })
  .meta({ id: 'recovery' });
export type WireRecovery = z.output<typeof recovery>;
