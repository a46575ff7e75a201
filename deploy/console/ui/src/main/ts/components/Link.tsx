import type { ComponentChildren } from "preact";
import { hrefOf, navigate } from "../state/location.ts";

interface Props {
  readonly to: string;
  readonly params?: Readonly<Record<string, string | undefined>>;
  readonly class?: string | undefined;
  readonly isCurrent?: boolean;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A link inside of the console: a real address, followed without loading the page anew. */
export function Link({ to, params, class: className, isCurrent, label, children }: Props) {
  const href = hrefOf(to, params);
  return (
    <a
      href={href}
      class={className}
      aria-label={label}
      aria-current={isCurrent === true ? "page" : undefined}
      onClick={(event) => {
        if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          navigate(href);
          window.scrollTo(0, 0);
        }
      }}
    >
      {children}
    </a>
  );
}
