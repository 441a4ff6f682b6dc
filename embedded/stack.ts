import { childEnvironment, type Config } from '../config';
import { ensureDefaultAccount } from '../db/accounts';
import { firstOwnerLink } from '../db/users';
import { connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { stopChild, type Child } from './child';
import { keptApiKeys, openDataFolder, removeDevFile, writeDevFile, type DataFolder, type DevFile } from './data-folder';
import { choosePorts, lostPorts, type Ports } from './ports';
import { initializeCluster, postgresService } from './postgres';
import { postgresUrl } from './postgres-roles';
import { choosePostgresHome } from './postgres-home';
import { signalGroup } from './process-identity';
import { rotateLogs, type Rotation } from './logs';
import { programService, type ReadyMessage } from './programs';
import type { Progress } from './progress';
import { childMark, claim, stopLeftovers, type RunFile } from './run-file';
import { Supervisor, type Service } from './supervisor';
import { prepareTemporal, temporalAddressOf, temporalService } from './temporal';
import { findTemporal } from './temporal-binary';

/** The order of stopping: each stops before the parts that it needs. */
const stopOrder = ['server', 'worker', 'temporal', 'postgres'];

/** How often ports are chosen, where others take them. */
const PORT_TRIES = 5;

const loopback = ['localhost', '127.0.0.0/8', '::1'];

/** Where the programs find the other parts. */
interface Found {
  databaseUrl: string;
  temporal: { address: string; ui?: string };
  ports: Ports;
}

/** Everything that `npm start` runs. Created once, started once, stopped once. */
export class Stack {
  private readonly config: Config;
  private readonly progress: Progress;
  private readonly supervisors: Supervisor[] = [];
  /** Children that are no services: initdb, the search for Temporal. */
  private readonly helpers = new Set<Child>();
  private data: DataFolder | undefined;
  private runFile: RunFile | undefined;
  private url: string | undefined;
  private rotation: Rotation | undefined;
  private stopping = false;

  constructor(config: Config, progress: Progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * Starts Postgres, Temporal, worker and server, unless they are configured elsewhere, and returns once they answer.
   *
   * @throws Error whose first line says what is wrong and what to do; then call `stop`
   */
  async start(): Promise<DevFile> {
    const data = openDataFolder(this.config.dataFolder);
    this.runFile = claim(data.path);
    this.data = data;
    removeDevFile(data);
    await this.clearLeftovers(this.runFile);
    this.rotation = rotateLogs(data.logs);
    const devFile = await this.startOnFreePorts(data);
    this.url = devFile.url;
    this.note();
    writeDevFile(data, devFile);
    return devFile;
  }

  /** Another program may take a port between choice and use; then all ports are chosen again. */
  private async startOnFreePorts(data: DataFolder): Promise<DevFile> {
    for (let tries = 1; ; tries += 1) {
      const ports = await choosePorts(this.config);
      try {
        return await this.startServices(data, ports);
      } catch (error) {
        if (this.stopping || tries === PORT_TRIES) throw error;
        await this.stopServices();
        const lost = await lostPorts(this.config, ports);
        if (lost.length === 0) throw error;
        this.progress.say(`Another program took port ${lost.join(', ')} meanwhile; starting again on other ports`);
      }
    }
  }

  private async startServices(data: DataFolder, ports: Ports): Promise<DevFile> {
    const databaseUrl = await this.startDatabase(data, ports);
    const apiKeys = keptApiKeys(data);
    const setup = await this.prepareDatabase(databaseUrl, apiKeys);
    const temporal = await this.startWorkflows(data, ports);
    const { url, operators } = await this.startPrograms(data, { databaseUrl, temporal, ports });
    return {
      url,
      apiKey: apiKeys.test,
      temporalUi: temporal.ui ?? null,
      temporalAddress: temporal.address,
      databaseUrl,
      operators,
      consoleSetup: setup === null ? null : `${url}/console/setup/${setup}`,
    };
  }

  /** Restarts programs from their sources; does nothing to programs that do not run. */
  async restart(names: readonly string[]): Promise<void> {
    const named = this.supervisors.filter(({ service }) => names.includes(service.name));
    await Promise.all(named.map((supervisor) => supervisor.restart()));
  }

  /** Stops the started parts, in order. May be called during `start`, and again. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.data !== undefined) removeDevFile(this.data);
    await Promise.all([...this.helpers].map((child) => stopChild(child)));
    await this.stopServices();
    await this.rotation?.stop();
    this.runFile?.release();
  }

  private async stopServices(): Promise<void> {
    const order = (supervisor: Supervisor): number => stopOrder.indexOf(supervisor.service.name);
    const inOrder = [...this.supervisors].sort((a, b) => order(a) - order(b));
    for (const supervisor of inOrder) await supervisor.stop();
    // Who stops in the middle of this finds those that still run.
    if (!this.stopping) this.supervisors.length = 0;
  }

  /** Kills everything at once. Committed data stay; the next start recovers the rest. */
  kill(): void {
    this.stopping = true;
    const end = (child: Child): void => {
      signalGroup(child.identity.pid, 'SIGKILL');
    };
    this.helpers.forEach(end);
    for (const supervisor of this.supervisors) supervisor.kill(end);
    this.runFile?.release();
  }

  private async clearLeftovers(runFile: RunFile): Promise<void> {
    const { leftovers } = runFile;
    if (leftovers.length > 0) {
      const names = leftovers.map((child) => `${child.name} (pid ${child.pid})`).join(', ');
      this.progress.say(`An earlier start was killed; stopping what it left: ${names}`);
      await stopLeftovers(leftovers, stopOrder);
    }
    runFile.forgetLeftovers();
  }

  private async startDatabase(data: DataFolder, ports: Ports): Promise<string> {
    if (this.config.databaseUrl !== undefined) return this.config.databaseUrl;
    const home = await choosePostgresHome(data, ports.postgres, this.progress);
    await this.progress.during('preparing the data folder of Postgres', () => initializeCluster(home, this.help));
    await this.run('starting Postgres', postgresService(home));
    return postgresUrl(home);
  }

  /** @returns the token of the first owner's link, if nobody can log in to the console yet */
  private async prepareDatabase(url: string, apiKeys: { test: string; live: string }): Promise<string | null> {
    const sql = connect(url, { max: 1, name: 'dunlin-launcher' });
    try {
      await this.progress.during('bringing the database up to date', () => migrate(sql));
      return await firstOwnerLink(sql, await ensureDefaultAccount(sql, apiKeys));
    } finally {
      await sql.end({ timeout: 5 });
    }
  }

  private async startWorkflows(data: DataFolder, ports: Ports): Promise<{ address: string; ui?: string }> {
    const { temporalAddress, temporalUiUrl: ui, temporalNamespace: namespace } = this.config;
    if (temporalAddress !== undefined) {
      await prepareTemporal(temporalAddress, this.config, this.progress);
      return { address: temporalAddress, ...(ui === undefined ? {} : { ui }) };
    }
    const { progress } = this;
    const binary = await findTemporal({ env: this.childEnv(data), progress, onChild: this.help });
    const home = {
      ...{ binary, namespace, databaseFile: data.temporalDatabase },
      ...{ port: ports.temporal, uiPort: ports.temporalUi, logFile: data.log('temporal') },
      env: this.childEnv(data),
    };
    await this.run('starting Temporal', temporalService(home));
    await prepareTemporal(temporalAddressOf(home), this.config, progress);
    return { address: temporalAddressOf(home), ui: ui ?? `http://127.0.0.1:${ports.temporalUi}` };
  }

  private async startPrograms(data: DataFolder, found: Found): Promise<Pick<DevFile, 'url' | 'operators'>> {
    const ready: Partial<Record<'worker' | 'server', ReadyMessage>> = {};
    const program = (name: 'worker' | 'server', metricsPort: number): Service =>
      programService({
        ...{ name, logFile: data.log(name), env: { ...this.programEnv(data, found), METRICS_PORT: String(metricsPort) } },
        onReady: (message) => (ready[name] = message),
      });
    const worker = program('worker', found.ports.workerMetrics);
    const server = program('server', found.ports.serverMetrics);
    const started = await Promise.allSettled([this.run('starting the worker', worker), this.run('starting the server', server)]);
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const operators = { server: ready.server?.metrics ?? null, worker: ready.worker?.metrics ?? null };
    return { url: ready.server?.url ?? '', operators };
  }

  private programEnv(data: DataFolder, found: Found): NodeJS.ProcessEnv {
    return {
      ...this.childEnv(data),
      PORT: String(found.ports.api),
      DATABASE_URL: found.databaseUrl,
      TEMPORAL_ADDRESS: found.temporal.address,
      TEMPORAL_UI_URL: found.temporal.ui,
      // In the one-machine default, the app that is tried with Dunlin runs on the same machine.
      WEBHOOK_ALLOWED_HOSTS: [...this.config.webhookAllowedHosts, ...loopback].join(','),
    };
  }

  private childEnv(data: DataFolder): NodeJS.ProcessEnv {
    return childEnvironment({ DUNLIN_DATA: data.path, [childMark]: data.path });
  }

  private async run(what: string, service: Service): Promise<void> {
    if (this.stopping) throw new Error('stopped');
    const supervisor = new Supervisor(service, this.progress, () => {
      this.note();
    });
    this.supervisors.push(supervisor);
    await this.progress.during(what, () => supervisor.start());
  }

  private readonly help = (child: Child): void => {
    this.helpers.add(child);
    this.note();
    void child.ended.then(() => {
      this.helpers.delete(child);
      this.note();
    });
    if (this.stopping) void stopChild(child);
  };

  private note(): void {
    // After its release, the file may belong to another launcher.
    if (this.stopping) return;
    const running = [...this.helpers, ...this.supervisors.flatMap((supervisor) => supervisor.running)];
    this.runFile?.note(
      running.map((child) => ({ name: child.name, ...child.identity })),
      this.url,
    );
  }
}
