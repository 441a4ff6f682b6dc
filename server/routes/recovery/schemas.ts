import { LIMITS } from '../../../domain/core/limits';
import { DECLINE_GROUPS, FINAL_ACTIONS, RECOVERY_ANSWERS, RECOVERY_MAILS, RECOVERY_STEPS } from '../../../domain/rows/recovery-program';
import { isDeclineCode } from '../../../domain/recovery/declines';
import { country } from '../../schemas/countries';
import { array, boolean, currency, emptyable, id, integer, metadata, name, object, oneOf, owner } from '../../http/parameters';

const most = { max: LIMITS.recoveryConditions.max };
const declineCode = () =>
  name({ max: 255 }).refine(isDeclineCode, 'Invalid decline code: it must be one of https://docs.stripe.com/declines/codes');
const groups = () => array(oneOf(DECLINE_GROUPS), most);
const bound = () => emptyable(integer({ min: 0 })).optional();

const step = () =>
  object({
    answer_within: integer({ min: 60, max: LIMITS.recoverySeconds.max }).optional(),
    declines: groups().optional(),
    default: oneOf(RECOVERY_ANSWERS).optional(),
    from: id().optional(),
    hours: object({ from: integer({ min: 0, max: 23 }), to: integer({ min: 0, max: 24 }) }).optional(),
    mail: oneOf(RECOVERY_MAILS).optional(),
    notice: name({ max: 100 }).optional(),
    owner: owner().optional(),
    paydays: array(integer({ min: 1, max: 31 }), { max: 31 }).optional(),
    seconds: integer({ min: 1, max: LIMITS.recoverySeconds.max }).optional(),
    title: name({ max: 250 }).optional(),
    to: id().optional(),
    type: oneOf(RECOVERY_STEPS),
  });

const arms = () =>
  array(
    object({
      ends_in: oneOf(FINAL_ACTIONS),
      name: name({ max: 50 }),
      share: integer({ min: 1, max: 100 }),
      steps: array(step(), { max: LIMITS.recoverySteps.max }),
    }),
    { max: LIMITS.recoveryArms.max },
  );

const changeable = {
  active: boolean().optional(),
  metadata: metadata().optional(),
  position: integer({ min: 0, max: 1_000_000 }).optional(),
  segment: object({
    amount_from: bound(),
    amount_to: bound(),
    countries: emptyable(array(country(), most)).optional(),
    currencies: emptyable(array(currency(), most)).optional(),
    decline_codes: emptyable(array(declineCode(), most)).optional(),
    decline_groups: emptyable(groups()).optional(),
    prices: emptyable(array(id(), most)).optional(),
    products: emptyable(array(id(), most)).optional(),
    tenure_days_from: bound(),
    tenure_days_to: bound(),
  }).optional(),
};

export const createShape = { ...changeable, arms: arms(), name: name({ max: 250 }) };
export const updateShape = { ...changeable, arms: arms().optional(), name: name({ max: 250 }).optional() };
