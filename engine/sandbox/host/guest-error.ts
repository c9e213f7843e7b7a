const longestMessage = 4000;
const longestKind = 100;
const longestStack = 2 ** 16;

/** What the guest threw, as texts of bounded length: nothing of the guest lives on in it. */
export class GuestError extends Error {
  override readonly name = 'GuestError';
  readonly kind: string;
  readonly guestStack: string;

  constructor(
    kind: string,
    message: string,
    guestStack: string,
    /** Thrown before anything ran: by the engine's own grammar, or because an import names what is not exported. */
    readonly compiling = false,
  ) {
    super(message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message);
    this.kind = kind.slice(0, longestKind);
    this.guestStack = guestStack.slice(0, longestStack);
  }
}
