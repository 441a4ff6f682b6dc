/** A process like a worker, whose planning does not return. Arguments: the URL of Postgres, and what is planned, as JSON. */
import { Watchdog, type Planned } from '../../worker/watchdog';

const [databaseUrl = '', planned = ''] = process.argv.slice(2);
new Watchdog({ databaseUrl, appVersion: 'test' }).guard(JSON.parse(planned) as Planned, () => {
  for (;;);
});
