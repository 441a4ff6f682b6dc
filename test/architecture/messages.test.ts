import { createActivities } from '../../activities';
import { STEPS } from '../../domain/steps/registry';
import { WORKFLOW_KINDS, workflowId } from '../../domain/rows/workflow';
import * as workflows from '../../workflows';
import * as contract from '../../workflows/contract';
import { production, textOf } from './repository';

interface Message {
  type: 'update' | 'signal' | 'query';
  name: string;
}

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && 'type' in value && 'name' in value;
const messages = Object.entries(contract).flatMap(([constant, value]) => (isMessage(value) ? [{ constant, ...value }] : []));
const SUFFIX = { update: 'Update', signal: 'Signal', query: 'Query' } as const;
/** A signal and an update may not share a constant's stem and the wire: what a clock hears is named after it. */
const WIRE_NAMES: Record<string, string> = { advanceSignal: 'advanceClock' };

describe('messages', () => {
  it.each(messages)('$constant includes its kind, the name on the wire does not', ({ constant, type, name }) => {
    expect(constant).toBe(`${stemOf(constant, name)}${SUFFIX[type]}`);
  });

  function stemOf(constant: string, name: string): string {
    return WIRE_NAMES[constant] === name ? constant.replace(/(Update|Signal|Query)$/, '') : name;
  }

  it('no two messages have the same name on the wire', () => {
    const names = messages.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('each update of an entity is a step', () => {
    const params: string[] = Object.values(contract.ENTITY_UPDATES).flatMap((updates) => updates.map(({ name }) => name));
    expect(params.filter((name) => STEPS[name] === undefined)).toEqual([]);
    expect(contract.CREATING_STEPS.filter((name) => !params.includes(name))).toEqual([]);
  });

  it('each step on an agenda and each external call exists', () => {
    const named = production
      .filter((file) => file.startsWith('domain/'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/agendaItem\('(\w+)'|\bstep: '(\w+)'/g)].map(([, onAgenda, awaited]) => onAgenda ?? awaited ?? ''),
      );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => STEPS[name] === undefined)).toEqual([]);
  });
});

describe('workflows', () => {
  it('are functions named after their kind', () => {
    expect(Object.keys(workflows).filter((name) => !/^[a-z]\w*Workflow$/.test(name))).toEqual([]);
  });

  it('are all started under the name that they have', () => {
    const started = [
      ...Object.values(contract.WORKFLOW_TYPES),
      contract.TEST_CLOCK_WORKFLOW,
      contract.TAX_RECORDS_WORKFLOW,
      contract.MAILS_WORKFLOW,
      contract.WEBHOOK_ENDPOINT_WORKFLOW,
      contract.RECONCILIATION_WORKFLOW,
      contract.REPAIR_WORKFLOW,
      contract.IMPORT_WORKFLOW,
      contract.SHADOW_COMPARISON_WORKFLOW,
      contract.CUTOVER_WORKFLOW,
      contract.FILL_WORKFLOW,
      contract.FORECAST_WORKFLOW,
    ];
    expect(started.sort()).toEqual(Object.keys(workflows).sort());
  });

  it('have ids made of business ids', () => {
    const ids = [
      ...WORKFLOW_KINDS.map((kind) => workflowId(kind, 'x_1')),
      contract.testClockWorkflowId('x_1'),
      contract.webhookEndpointWorkflowId('x_1'),
      contract.repairWorkflowId('x_1'),
    ];
    expect(ids.filter((id) => !/^[a-z-]+\/x_1$/.test(id))).toEqual([]);
  });
});

describe('activities', () => {
  it('each activity that workflows/calls.ts calls exists', () => {
    const called = [...textOf('workflows/calls.ts').matchAll(/(?:bounded|patient)\.(\w+)\.executeWithOptions/g)].map(
      ([, name = '']) => name,
    );
    const activities = Object.keys(createActivities({ webhookAllowedHosts: [] } as never));
    expect(called.length).toBeGreaterThan(5);
    expect(called.filter((name) => !activities.includes(name))).toEqual([]);
  });
});
