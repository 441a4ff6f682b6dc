import type { Operation } from '../../http/operation';
import { createRecoveryProgram } from './create-program';
import { listRecoveries } from './list-recoveries';
import { listRecoveryPrograms } from './list-programs';
import { listRecoveryProgramVersions } from './list-versions';
import { retrieveRecoveryReport } from './report';
import { retrieveRecovery } from './retrieve-recovery';
import { retrieveRecoveryProgram } from './retrieve-program';
import { updateRecoveryProgram } from './update-program';

export const recovery: Operation[] = [
  createRecoveryProgram,
  retrieveRecoveryProgram,
  listRecoveryPrograms,
  updateRecoveryProgram,
  listRecoveryProgramVersions,
  retrieveRecovery,
  listRecoveries,
  retrieveRecoveryReport,
];
