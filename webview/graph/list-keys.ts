/** Moves the focus within a list of nodes. @returns whether the key was one for it */
export function moveFocus(event: KeyboardEvent): boolean {
  const item = event.target as HTMLElement;
  const moves: Readonly<Record<string, Element | null | undefined>> = {
    ArrowDown: item.nextElementSibling,
    ArrowUp: item.previousElementSibling,
    Home: item.parentElement?.firstElementChild,
    End: item.parentElement?.lastElementChild,
  };
  const next = moves[event.key];
  if (!(next instanceof HTMLElement)) return false;
  next.focus();
  event.preventDefault();
  return true;
}

/** Whether the focus goes out of a list, and not to another of its items. */
export const leavesList = (event: FocusEvent): boolean =>
  !(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null);
