import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props {
  readonly label: ComponentChildren;
  readonly title: string;
  readonly class?: string;
  readonly side?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a box beside it; Escape and a click elsewhere close it. */
export function Popover({ label, title, class: className = "link", side = "", children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const onPointer = (event: MouseEvent) => {
      if (!(box.current?.contains(event.target as Node) ?? false)) {
        setOpen(false);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        setOpen(false);
        button.current?.focus();
      }
    };
    document.addEventListener("mousedown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("mousedown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, [isOpen]);
  return (
    <span class={`has-popover ${side}`} ref={box}>
      <button ref={button} type="button" class={className} aria-expanded={isOpen} aria-haspopup="dialog" onClick={() => setOpen(!isOpen)}>
        {label}
      </button>
      {isOpen ? (
        <div class="popover" role="dialog" aria-label={title}>
          {children(() => setOpen(false))}
        </div>
      ) : null}
    </span>
  );
}
