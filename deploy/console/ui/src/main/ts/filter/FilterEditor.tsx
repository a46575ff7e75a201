import { useEffect, useId, useRef, useState } from "preact/hooks";
import { send, urlOf } from "../api/client.ts";
import type { Schemas } from "../api/types.ts";
import { useT } from "../i18n/index.ts";
import { complete, segmentsOf } from "./editing.ts";

type Check = Schemas["FilterCheck"];
type Completions = Schemas["FilterCompletions"];

const CHECK_DELAY_MS = 250;

interface Props {
  readonly value: string;
  readonly dimensions: string;
  /** Called with a filter that the server found right. */
  readonly onChange: (filter: string) => void;
}

/** A filter with completion at the cursor and its errors underlined; Enter applies it, Ctrl+Space asks. */
export function FilterEditor({ value, dimensions, onChange }: Props) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState(value);
  const [check, setCheck] = useState<Check | null>(null);
  const [offer, setOffer] = useState<Completions | null>(null);
  const [active, setActive] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef(0);

  useEffect(() => setText(value), [value]);

  useEffect(() => {
    if (text.trim() === "") {
      setCheck(null);
      return undefined;
    }
    const timer = setTimeout(() => {
      send<Check>("POST", urlOf("/filter/validate"), { filter: text, dimensions })
        .then(setCheck)
        .catch(() => setCheck(null));
    }, CHECK_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, dimensions]);

  const ask = (filter: string, offset: number) => {
    wanted.current += 1;
    const question = wanted.current;
    send<Completions>("POST", urlOf("/filter/complete"), { filter, offset, dimensions })
      .then((answer) => {
        if (question === wanted.current) {
          setOffer(answer.items.length === 0 ? null : answer);
          setActive(0);
        }
      })
      .catch(() => setOffer(null));
  };

  const closeOffer = () => {
    wanted.current += 1;
    setOffer(null);
  };

  const take = (index: number) => {
    const item = offer?.items[index];
    if (offer === null || item === undefined) {
      return;
    }
    const edit = complete(text, offer.from, offer.to, item.text);
    setText(edit.text);
    closeOffer();
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(edit.cursor, edit.cursor);
      ask(edit.text, edit.cursor);
    });
  };

  const apply = async () => {
    closeOffer();
    const trimmed = text.trim();
    if (trimmed === "") {
      onChange("");
      return;
    }
    try {
      const answer = await send<Check>("POST", urlOf("/filter/validate"), { filter: trimmed, dimensions });
      setCheck(answer);
      if (answer.valid) {
        onChange(trimmed);
      }
    } catch {
      // The question itself will say what is wrong.
      onChange(trimmed);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      ask(text, area.current?.selectionStart ?? text.length);
      return;
    }
    if (offer !== null) {
      const count = offer.items.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        setActive((active + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
        return;
      }
      if (event.key === "Tab" || event.key === "Enter") {
        event.preventDefault();
        take(active);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        closeOffer();
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void apply();
    }
  };

  const errors = check?.errors ?? [];
  return (
    <div class="filter">
      <label for={id}>{t("explore.filter")}</label>
      <div class="filter-box">
        <div class="filter-under" aria-hidden="true">
          {segmentsOf(text, errors).map((segment, i) => (segment.error === null ? <span key={i}>{segment.text}</span> : <mark key={i}>{segment.text}</mark>))}
        </div>
        <textarea
          ref={area}
          id={id}
          rows={2}
          value={text}
          spellcheck={false}
          autocomplete="off"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={`${id}-list`}
          aria-activedescendant={offer === null ? undefined : `${id}-${active}`}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-help`}
          placeholder={t("explore.filterExample")}
          onInput={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setTimeout(closeOffer, 150)}
        />
        <ul id={`${id}-list`} role="listbox" aria-label={t("explore.completions")} class={offer === null ? "visually-hidden" : "completions"}>
          {offer?.items.slice(0, 12).map((item, i) => (
            <li
              key={`${item.kind} ${item.text}`}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(event) => {
                event.preventDefault();
                take(i);
              }}
            >
              <code>{item.text}</code> <small>{item.detail ?? t(`completion.${item.kind}`)}</small>
            </li>
          ))}
        </ul>
      </div>
      <div id={`${id}-help`} class="filter-help" role="status">
        {errors.length === 0 ? (
          <span class="hint">{t("explore.filterHelp")}</span>
        ) : (
          errors.map((error) => (
            <span key={`${error.offset} ${error.message}`} class="bad-text">
              {t("explore.errorAt", { column: error.offset + 1 })} {error.message}
              {error.suggestions === undefined || error.suggestions.length === 0 ? "" : ` → ${error.suggestions.slice(0, 4).join(", ")}`}
            </span>
          ))
        )}
      </div>
      <button type="button" class="button" disabled={text.trim() === value} onClick={() => void apply()}>
        {t("action.apply")}
      </button>
    </div>
  );
}
