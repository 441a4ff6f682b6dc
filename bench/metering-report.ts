import type { Metering } from './metering';
import { table } from './table';

export function meteringTables({ intake, bytes, reads, customers }: Metering): string {
  const each = (value: number): string => value.toFixed(3);
  const levels = intake.map(({ api, clients, perSecond, cpu }) => [
    ...[api, String(clients), perSecond.toFixed(0), each(cpu.server), each(cpu.postgres), each(cpu.all)],
  ]);
  const { events, table: rows, indexes, rollups } = bytes;
  return [
    '### Usage',
    '',
    table(['', 'clients', 'events per second', 'CPU ms per event: server', 'postgres', 'all'], levels),
    '',
    `An event takes ${(rows + indexes + rollups).toFixed(0)} bytes: its row ${rows.toFixed(0)}, indexes ${indexes.toFixed(0)}, roll-ups and series ${rollups.toFixed(1)} (of ${count(events)}). A streamed request has 100 events.`,
    '',
    table(
      ['events of the customer in the month', 'reading them, ms', 'preview of the invoice, ms', 'renewal until paid, ms'],
      reads.map((read) => [count(read.events), read.milliseconds.toFixed(1), read.previewMs.toFixed(0), read.renewalMs.toFixed(0)]),
    ),
    '',
    table(
      ['customers, 1,000 events each', 'reading one, ms'],
      customers.map((many) => [count(many.customers), many.millisecondsEach.toFixed(1)]),
    ),
  ].join('\n');
}

const count = (value: number): string => value.toLocaleString('en-US');
