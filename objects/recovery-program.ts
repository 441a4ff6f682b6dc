import { declineGroupOf } from '../domain/recovery/declines';
import type { Dunning } from '../domain/rows/dunning';
import type { RecoveryProgram, RecoveryProgramVersion } from '../domain/rows/recovery-program';
import type { WireRecovery, WireRecoveryProgram, WireRecoveryProgramVersion } from './shapes/recovery-program';

export function toRecoveryProgram(program: RecoveryProgram): WireRecoveryProgram {
  const { id, active, arms, created, livemode, metadata, name, position, segment, version } = program;
  return { id, object: 'recovery_program', active, arms, created, livemode, metadata, name, position, segment, version };
}

export function toRecoveryProgramVersion({
  id,
  arms,
  created,
  livemode,
  program,
  segment,
  version,
}: RecoveryProgramVersion): WireRecoveryProgramVersion {
  return { id, object: 'recovery_program_version', arms, created, livemode, recovery_program: program, segment, version };
}

/** The recovery of one invoice: what it follows, why, and how far it has come. */
export function toRecovery(dunning: Dunning): WireRecovery {
  const { created, customer, invoice, livemode, notice, program, retries, status, subscription } = dunning;
  const isRunning = status === 'running';
  return {
    ...{ id: invoice, object: 'recovery', amount: dunning.amount, arm: program.arm, created, customer },
    ...{ decline_code: dunning.declineCode, decline_group: declineGroupOf(dunning.declineCode), ended_at: dunning.endedAt },
    ...{ ends_in: program.ends_in, failed_at: dunning.failedAt, invoice, livemode, next_retry_at: dunning.nextRetryAt },
    ...{
      not_before: dunning.notBefore,
      next_step: isRunning ? dunning.step : null,
      next_step_at: dunning.dueAt,
      notice,
      reason: program.reason,
    },
    ...{ recovered_by: dunning.recoveredBy, recovered_step: dunning.recoveredStep, task: dunning.task },
    ...{ recovery_program: program.id, retries, status, steps: program.steps, subscription, version: program.version },
  };
}
