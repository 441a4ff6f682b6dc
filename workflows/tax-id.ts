import { checkTaxId } from './calls';
import { entityWorkflow } from './entity';
import { thenCall } from './lifecycle';

/** The verification of one tax id. Ends when its registry has answered, when Dunlin gives up, or when the tax id is deleted. */
export const taxIdWorkflow = entityWorkflow('tax-id', {
  updates: {},
  agenda: { checkTaxIdAgain: thenCall },
  calls: { checkTaxId },
});
