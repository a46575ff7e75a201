import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  readonly title: string;
  /** What the panel shows and of whom, in a few words. */
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly footer?: ComponentChildren;
  readonly span?: 1 | 2 | 3 | 4 | 6 | 8 | 12 | 5 | 7 | 9;
  readonly children: ComponentChildren;
}

/** A titled part of a page. */
export function Panel({ title, note, actions, footer, span = 12, children }: Props) {
  const id = useId();
  return (
    <section class={`panel span-${span}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {note === undefined ? null : <p class="panel-note">{note}</p>}
        {actions === undefined ? null : <div class="panel-actions">{actions}</div>}
      </header>
      <div class="panel-body">{children}</div>
      {footer === undefined ? null : <footer class="panel-foot">{footer}</footer>}
    </section>
  );
}
