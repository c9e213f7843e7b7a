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
  /** Requests that wait for a run. */
  readonly #waiting = new Set<number>();
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
      const answer = this.#handle(request);
      if (!(answer instanceof Promise)) return this.#respond(request, answer);
      this.#waiting.add(request.seq);
      answer
        .finally(() => this.#waiting.delete(request.seq))
        .then(
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

  #handle({ seq: sequence, command, given }: Request): Answer | Promise<Answer> {
    switch (command) {
      case 'initialize':
        this.#connection = this.#connect(given);
        return { body: capabilities() };
      case 'launch':
        return this.#reported(sequence, () => this.#start(given));
      case 'restart':
        return this.#reported(sequence, () => this.#restart(given, null));
      // Not of the protocol: what an editor offers when a text was changed under a session.
      case 'restartHere':
        return this.#reported(sequence, () =>
          this.#restart(given, this.#session ? bookmarkOf(this.#session.playback) : null),
        );
      case 'attach':
        throw new RequestError(t('There is nothing to attach to: a model is launched.'));
      case 'cancel':
        // What takes long is a run; everything else is answered before it could be cancelled.
        if (this.#waiting.has(given.optionalWhole('requestId') ?? Number(given.optionalText('progressId'))))
          this.#host.stop();
        return {};
      case 'terminate':
        // Of a launch under way; a session ends by itself.
        if (this.#session) break;
        this.#host.stop();
        return { after: () => this.#event('terminated', undefined) };
      case 'disconnect':
        this.dispose();
        return {};
    }
    const handler = handlers.get(command);
    if (!handler) throw new RequestError(t("'{0}' is no request that is understood here.", command.slice(0, 40)));
    if (!this.#session) throw new RequestError(t('No model has been launched.'));
    return handler(this.#session, given);
  }

  /** Tells the client of a run that takes its time; it shows what takes long only, and may offer to stop it. */
  async #reported(requestId: number, body: () => Promise<Answer>): Promise<Answer> {
    if (!this.#connection.understands.progress) return body();
    const progressId = String(requestId);
    this.#event('progressStart', { progressId, requestId, title: t('Running the model'), cancellable: true });
    try {
      return await body();
    } finally {
      this.#event('progressEnd', { progressId });
    }
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
    const launch = given.has('arguments') ? launchOf(given.record('arguments')) : this.#launch;
    const launched = await run(launch, this.#host);
    if (launched === null) throw new RequestError(t('The run was stopped.'));
    this.#launch = launch;
    session.replace(launched, launch);
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
        progress: given.flag('supportsProgressReporting', false),
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
