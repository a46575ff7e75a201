import { useEffect, useRef, useState } from "preact/hooks";
import { instantOf, offsetText } from "../format/time.ts";
import { isMessageKey, useT } from "../i18n/index.ts";
import { setParams } from "../state/location.ts";
import { useSettings } from "../state/settings.ts";
import { PRESETS, resolve, toLocalInput, useTimeRange } from "../state/timeRange.ts";

/** The period of a page: by name, by both ends, or shifted by its own length. */
export function TimePicker({ fallback }: { readonly fallback: string }) {
  const t = useT();
  const { zone } = useSettings();
  const range = useTimeRange(fallback);
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const now = Date.now();
  const fromMs = resolve(range.from, now, zone);
  const toMs = resolve(range.to, now, zone);

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !(box.current?.contains(event.target as Node) ?? false)) {
        setOpen(false);
        if (event instanceof KeyboardEvent) {
          button.current?.focus();
        }
      }
    };
    document.addEventListener("mousedown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("mousedown", close);
      document.removeEventListener("keydown", close);
    };
  }, [isOpen]);

  const shift = (direction: -1 | 1) => {
    if (fromMs === null || toMs === null) {
      return;
    }
    const length = (toMs - fromMs) * direction;
    setParams({ from: toLocalInput(fromMs + length, zone), to: toLocalInput(toMs + length, zone) });
  };

  const presetKey = `range.${range.from}`;
  const text =
    range.isLive && isMessageKey(presetKey)
      ? t(presetKey)
      : `${fromMs === null ? range.from : toLocalInput(fromMs, zone).replace("T", " ")} – ${
          range.isLive ? t("range.now") : toMs === null ? range.to : toLocalInput(toMs, zone).replace("T", " ")
        }`;

  return (
    <div class="time-picker" ref={box}>
      <button type="button" class="button icon" aria-label={t("range.earlier")} title={t("range.earlier")} onClick={() => shift(-1)}>
        ‹
      </button>
      <button ref={button} type="button" class="button" aria-expanded={isOpen} aria-haspopup="dialog" onClick={() => setOpen(!isOpen)}>
        <span class="visually-hidden">{t("range.label")}: </span>
        {text}
        <small>
          {zone} {offsetText(toMs ?? now, zone)}
        </small>
      </button>
      <button type="button" class="button icon" aria-label={t("range.later")} title={t("range.later")} disabled={range.isLive} onClick={() => shift(1)}>
        ›
      </button>
      {isOpen ? (
        <div class="popover" role="dialog" aria-label={t("range.label")}>
          <div class="presets">
            {PRESETS.map((preset) => (
              <button
                key={preset}
                type="button"
                class={preset === range.from && range.isLive ? "is-on" : undefined}
                onClick={() => {
                  setParams({ from: preset === fallback ? undefined : preset, to: undefined });
                  setOpen(false);
                }}
              >
                {t(`range.${preset}`)}
              </button>
            ))}
          </div>
          <CustomRange fromMs={fromMs} toMs={toMs} onDone={() => setOpen(false)} />
        </div>
      ) : null}
    </div>
  );
}

function CustomRange({ fromMs, toMs, onDone }: { readonly fromMs: number | null; readonly toMs: number | null; readonly onDone: () => void }) {
  const t = useT();
  const { zone } = useSettings();
  const [from, setFrom] = useState(fromMs === null ? "" : toLocalInput(fromMs, zone));
  const [to, setTo] = useState(toMs === null ? "" : toLocalInput(toMs, zone));
  const start = instantOf(from, zone);
  const end = instantOf(to, zone);
  const isValid = start !== null && end !== null && start < end;
  return (
    <form
      class="custom-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) {
          setParams({ from, to });
          onDone();
        }
      }}
    >
      <label>
        {t("range.from")}
        <input type="datetime-local" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        {t("range.until")}
        <input type="datetime-local" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <p class="hint">{isValid ? `${zone}` : t("range.invalid")}</p>
      <button type="submit" class="button primary" disabled={!isValid}>
        {t("action.apply")}
      </button>
    </form>
  );
}
