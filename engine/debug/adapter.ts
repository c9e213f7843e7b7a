import type { DebugProtocol } from '@vscode/debugprotocol';
import { Emitter } from '../base/emitter.ts';
import { t } from '../base/l10n.ts';
import { type Bookmark, bookmarkOf } from './bookmark.ts';
import { Arguments, RequestError } from './arguments.ts';
import { capabilities } from './capabilities.ts';
import type { Connection, Events } from './connection.ts';
import type { Answer } from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import type { DebugHost } from './host.ts';
import { type Launch, launchOf, run } from './launch.ts';
import { Session } from './session.ts';

type Message = DebugProtocol.ProtocolMessage;

/** Speaks the debug protocol with one client: takes its messages, and sends answers and events. Knows nothing of how they travel. */
export class Adapter {
  readonly #host: DebugHost;
  readonly #send: (message: Message) => void;
  #connection: Connection;
  #sequence = 0;
  #session: Session | null = null;
  #launch: Launch | null = null;
  #ended = false;
  readonly #changed = new Emitter<void>();
  /** Fires whenever the session stands somewhere else, or in another way. */
  readonly onDidChange = this.#changed.event;

  constructor(host: DebugHost, send: (message: Message) => void) {
    this.#host = host;
    this.#send = send;
    this.#connection = this.#connect(new Arguments({}));
  }

  /** The session that is being stepped; null before a launch has come to its end, and after the session has. */
  get session(): Session | null {
    return this.#ended || this.#session?.isOver === true ? null : this.#session;
  }

  /** Takes a message of any shape. What is no request is not answered. */
  receive(message: unknown): void {
    const request = requestIn(message);
    if (request) this.#answer(request);
  }

  dispose(): void {
    this.#ended = true;
    this.#session?.dispose();
    this.#host.stop();
    this.#changed.fire();
    this.#changed.dispose();
  }

  /** At once where that can be: of two requests that come together, the second sees what the first has done. */
  #answer(request: Request): void {
    try {
      const answer = this.#handle(request.command, request.given);
      if (!(answer instanceof Promise)) return this.#respond(request, answer);
      answer.then(
        (done) => this.#respond(request, done),
        (error: unknown) => this.#refuse(request, error),
      );
    } catch (error) {
      this.#refuse(request, error);
    }
  }

  #respond({ seq, command }: Request, { body, after }: Answer): void {
    if (this.#ended && command !== 'disconnect') return;
    this.#post({ type: 'response', request_seq: seq, command, success: true, ...(body !== undefined && { body }) });
    try {
      after?.();
    } catch (error) {
      // It has been answered, so that the answer cannot say so any more. A mistake of ours, that whoever sits there should know of.
      this.#event('output', { category: 'stderr', output: `${wordsOf(error)}\n` });
    }
  }

  #refuse({ seq, command }: Request, error: unknown): void {
    if (this.#ended) return;
    // What is no RequestError is a mistake of ours; whoever sits before it should know of it all the same.
    const message = wordsOf(error);
    const told = { id: error instanceof RequestError ? 1 : 2, format: message, showUser: true };
    this.#post({ type: 'response', request_seq: seq, command, success: false, message, body: { error: told } });
  }

  #handle(command: string, given: Arguments): Answer | Promise<Answer> {
    switch (command) {
      case 'initialize':
        this.#connection = this.#connect(given);
        return { body: capabilities() };
      case 'launch':
        return this.#start(given);
      case 'restart':
        return this.#restart(given, null);
      // Not of the protocol: what an editor offers when a text was changed under a session.
      case 'restartHere':
        return this.#restart(given, this.#session ? bookmarkOf(this.#session.playback) : null);
      case 'attach':
        throw new RequestError(t('There is nothing to attach to: a model is launched.'));
      case 'cancel':
        // What takes long is a run, and a search for a breakpoint; everything else is done before it could be cancelled.
        if (this.#session?.stops.isRunning === true) this.#session.stops.pause();
        else this.#host.stop();
        return {};
      case 'disconnect':
        this.dispose();
        return {};
    }
    const handler = handlers.get(command);
    if (!handler) throw new RequestError(t("'{0}' is no request that is understood here.", command.slice(0, 40)));
    if (!this.#session) throw new RequestError(t('No model has been launched.'));
    return handler(this.#session, given);
  }

  async #start(given: Arguments): Promise<Answer> {
    if (this.#session) throw new RequestError(t('A model has been launched already: it can be restarted.'));
    this.#launch = launchOf(given);
    const launched = await run(this.#launch, this.#host);
    if (launched === null) throw new RequestError(t('The run was stopped.'));
    this.#session = new Session(launched, this.#host, this.#connection, this.#launch);
    // Only now: breakpoints can be put where something was traced.
    return { after: () => this.#event('initialized', undefined) };
  }

  async #restart(given: Arguments, bookmark: Bookmark | null): Promise<Answer> {
    const session = this.#session;
    if (!session || !this.#launch) throw new RequestError(t('No model has been launched.'));
    // A client sends the launch configuration along where it may have changed.
    if (given.has('arguments')) this.#launch = launchOf(given.record('arguments'));
    const launched = await run(this.#launch, this.#host);
    if (launched === null) throw new RequestError(t('The run was stopped.'));
    session.replace(launched, this.#launch);
    return { after: () => (bookmark ? session.returnTo(bookmark) : session.begin()) };
  }

  #connect(given: Arguments): Connection {
    const columnsFrom = given.flag('columnsStartAt1', true) ? 1 : 0;
    return {
      linesFrom: given.flag('linesStartAt1', true) ? 1 : 0,
      columnsFrom,
      // VS Code takes a completion's start for an offset, and shows none that does not match from there.
      completionsFrom: given.optionalText('clientID') === 'vscode' ? 0 : columnsFrom,
      understands: {
        invalidatedEvent: given.flag('supportsInvalidatedEvent', false),
        memoryEvent: given.flag('supportsMemoryEvent', false),
        memoryReferences: given.flag('supportsMemoryReferences', false),
        variableType: given.flag('supportsVariableType', false),
      },
      event: (event, body) => this.#event(event, body),
      changed: () => this.#changed.fire(),
    };
  }

  #event<Name extends keyof Events>(event: Name, body: Events[Name]): void {
    if (this.#ended) return;
    this.#post({ type: 'event', event, ...(body !== undefined && { body }) });
    if (event !== 'output') this.#changed.fire();
  }

  #post(message: Omit<Message, 'seq'> & Readonly<Record<string, unknown>>): void {
    this.#send({ seq: ++this.#sequence, ...message });
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Request {
  readonly seq: number;
  readonly command: string;
  readonly given: Arguments;
}

function requestIn(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, seq, command, arguments: given } = message as Readonly<Record<string, unknown>>;
  if (type !== 'request' || typeof seq !== 'number' || typeof command !== 'string') return null;
  return { seq, command, given: new Arguments(given) };
}
