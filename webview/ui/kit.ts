/** The only file that knows which UI kit the panel is made of. */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextField(),
);

// The toolkit reads the colours anew when the body's class changes, as the editor's does. On the local page the scheme changes alone.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
  document.body.classList.toggle('scheme-dark', matches);
  document.body.classList.toggle('scheme-light', !matches);
});

interface Control extends HTMLAttributes<HTMLElement> {
  appearance?: 'primary' | 'secondary' | 'icon';
  value?: string;
  placeholder?: string;
  selected?: boolean;
  disabled?: boolean;
}

declare module 'preact' {
  // Merging into the namespace is how JSX learns of custom elements.
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': Control;
      'vscode-dropdown': Control;
      'vscode-option': Control;
      'vscode-progress-ring': Control;
      'vscode-text-field': Control;
    }
  }
}

/** The toolkit's text field calls itself “Text field” once it is in the page, whatever its label says: it is told again then. */
export const labelled =
  (label: string) =>
  (element: Element | null): void =>
    element?.setAttribute('aria-label', label);

/** The value of the control that an event came from. */
export const valueOf = (event: Event): string => (event.currentTarget as HTMLElement & { value: string }).value;
