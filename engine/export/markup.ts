import { legible } from '../base/legible.ts';

/** Text that is markup. Made by `element` alone, so that everything else in it has been escaped. */
export class Markup {
  /** @param text well-formed XML, which HTML reads the same */
  private constructor(readonly text: string) {}

  static of(name: Tag, attributes: Attributes, children: readonly Child[]): Markup {
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
    const written = given.map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join('');
    if (empty.has(name)) return new Markup(`<${name}${written} />`);
    return new Markup(`<${name}${written}>${children.map(textOf).join('')}</${name}>`);
  }

  /** The style sheet of a document. What ends a style element, or begins markup, is refused: no text of a model belongs in it. */
  static style(css: string): Markup {
    if (/[<&]/.test(css)) throw new Error('A style sheet holds no markup.');
    return new Markup(`<style>${css}</style>`);
  }
}

/** Names of elements and attributes are written in the code, never taken from a model. */
type Tag = string;
type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Child = string | Markup | null | readonly Child[];

/** An element. Texts among its children and in its attributes are text, whatever stands in them. */
export const element = (name: Tag, attributes: Attributes = {}, ...children: readonly Child[]): Markup =>
  Markup.of(name, attributes, children);

/** HTML ends these by themselves; all others are closed, because HTML does not know `<td />`. */
const empty: ReadonlySet<Tag> = new Set(['meta', 'br', 'hr', 'col']);

function textOf(child: Child): string {
  if (child === null) return '';
  if (typeof child === 'string') return escaped(child);
  return child instanceof Markup ? child.text : child.map(textOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => legible(text).replace(/[&<>"']/g, (sign) => entities[sign]!);
