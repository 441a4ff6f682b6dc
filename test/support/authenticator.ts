/** The authenticator of a device, as browsers talk to it: one key, which signs what it is asked. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Options {
  challenge: string;
  user?: { id: string };
}

/** What a test makes wrong. */
export interface Wrong {
  challenge?: string;
  origin?: string;
  host?: string;
  /** Whether the device has recognized its user. */
  isRecognized?: boolean;
  counter?: number;
  isBroken?: boolean;
}

const hash = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const text = (data: Buffer | string): string => Buffer.from(data).toString('base64url');

const PRESENT = 0x01;
const RECOGNIZED = 0x04;
const HAS_KEY = 0x40;

export class Authenticator {
  private readonly id = randomBytes(16);
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private user = '';
  private counter = 0;

  /** @param origin of the pages that ask */
  constructor(private readonly origin: string) {}

  add({ challenge, user }: Options, wrong: Wrong = {}): string {
    this.user = user?.id ?? '';
    const key = Buffer.concat([Buffer.alloc(16), lengthOf(this.id), this.id, coseOf(this.keys.publicKey)]);
    const data = Buffer.concat([this.head(HAS_KEY, wrong), key]);
    const attestation = Buffer.concat([
      ...[Buffer.from([0xa3, 0x63]), Buffer.from('fmt'), Buffer.from([0x64]), Buffer.from('none')],
      ...[Buffer.from([0x67]), Buffer.from('attStmt'), Buffer.from([0xa0, 0x68]), Buffer.from('authData')],
      ...[Buffer.from([0x58, data.length]), data],
    ]);
    const clientDataJSON = text(this.client('webauthn.create', challenge, wrong));
    return this.answer({ clientDataJSON, attestationObject: text(attestation), transports: ['internal'] });
  }

  logIn({ challenge }: Options, wrong: Wrong = {}): string {
    this.counter += 1;
    const data = this.head(0, wrong);
    const client = this.client('webauthn.get', challenge, wrong);
    const signature = sign('sha256', Buffer.concat([data, hash(client)]), this.keys.privateKey);
    if (wrong.isBroken === true) signature.writeUInt8(signature.readUInt8(10) ^ 1, 10);
    return this.answer({
      ...{ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature), userHandle: this.user },
    });
  }

  private head(flags: number, { host = new URL(this.origin).hostname, isRecognized = true, counter = this.counter }: Wrong): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([hash(host), Buffer.from([flags | PRESENT | (isRecognized ? RECOGNIZED : 0)]), count]);
  }

  private client(type: string, asked: string, { challenge = asked, origin = this.origin }: Wrong): string {
    return JSON.stringify({ type, challenge, origin, crossOrigin: false });
  }

  private answer(response: object): string {
    const id = text(this.id);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }
}

function lengthOf(data: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  return length;
}

/** An ES256 key in COSE. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    ...[Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url')],
    ...[Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')],
  ]);
}
