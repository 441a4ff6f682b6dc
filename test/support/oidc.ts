/** A real provider of OpenID Connect, at which one person is logged in, and which can be made to lie in its ID tokens. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ConsoleBrowser } from './console';

export interface ProviderState {
  /** Who logs in next. Null: the person says no. */
  person: { sub: string; email?: string; email_verified?: boolean; name?: string; groups?: string[] } | null;
  /** What the ID token says instead. */
  lie: Record<string, unknown>;
  /** It signs ID tokens with a key that is not its own. */
  isForged: boolean;
}

const CLIENT = { client_id: 'dunlin', client_secret: 'a-secret-of-the-client' };

export class TestProvider {
  private constructor(
    private readonly child: ChildProcess,
    private readonly issuer: string,
  ) {}

  static async start(): Promise<TestProvider> {
    const child = fork(join(__dirname, 'oidc-provider.ts'), {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
    return new TestProvider(child, issuer);
  }

  get environment(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: CLIENT.client_id, OIDC_CLIENT_SECRET: CLIENT.client_secret };
  }

  /** @param url Dunlin's */
  register(url: string): Promise<void> {
    return this.tell({ client: CLIENT, callback: `${url}/console/sso/callback` });
  }

  be(state: Partial<ProviderState>): Promise<void> {
    return this.tell({ person: null, lie: {}, isForged: false, ...state });
  }

  /** Logs the person in, from the button of Dunlin's login page. @returns the way back to Dunlin */
  async visit(browser: ConsoleBrowser, back = ''): Promise<string> {
    const there = new ConsoleBrowser(this.issuer);
    let { location } = await browser.send('/console/sso', { back });
    while (location !== null && new URL(location, this.issuer).origin === this.issuer) ({ location } = await there.look(location));
    if (location === null) throw new Error('the provider has not sent the browser back');
    const { pathname, search } = new URL(location);
    return `${pathname}${search}`;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }

  private async tell(message: object): Promise<void> {
    const heard = once(this.child, 'message');
    this.child.send(message);
    await heard;
  }
}
