import type { DefinitionRef, Meta } from "../api/types.ts";
import { exportUrl } from "../api/client.ts";
import { percent } from "../format/number.ts";
import { duration, minute, parseInstant } from "../format/time.ts";
import { useT } from "../i18n/index.ts";
import { useSettings } from "../state/settings.ts";
import { Link } from "./Link.tsx";
import { Popover } from "./Popover.tsx";

/** What a number means: id, version, formula, population, direction, unit, source. */
export function DefinitionBox({ definition }: { readonly definition: DefinitionRef }) {
  const t = useT();
  return (
    <div class="definition">
      <b>
        {definition.id} v{definition.version}
      </b>
      <dl>
        <dt>{t("definition.formula")}</dt>
        <dd>
          <code>{definition.formula}</code>
        </dd>
        <dt>{t("definition.unit")}</dt>
        <dd>{definition.unit}</dd>
        <dt>{t("definition.population")}</dt>
        <dd>{definition.population}</dd>
        <dt>{t("definition.direction")}</dt>
        <dd>{definition.direction}</dd>
        <dt>{t("definition.source")}</dt>
        <dd>{definition.source}</dd>
      </dl>
      <p>
        <Link to={`/docs/definitions/${definition.id}`}>{t("definition.more")}</Link>
      </p>
    </div>
  );
}

export function Definitions({ meta }: { readonly meta: Meta }) {
  const t = useT();
  const [first, ...others] = meta.definitions;
  if (first === undefined) {
    return null;
  }
  return (
    <>
      <Popover label={`${first.id} v${first.version}`} title={t("definition.title")}>
        {() => <DefinitionBox definition={first} />}
      </Popover>
      {others.length === 0 ? null : (
        <Popover label={`+${others.length}`} title={t("definition.title")}>
          {() => (
            <div class="definitions">
              {[first, ...others].map((definition) => (
                <DefinitionBox key={`${definition.id}:${definition.version}`} definition={definition} />
              ))}
            </div>
          )}
        </Popover>
      )}
    </>
  );
}

/** `5 min`, `1 h`; months and whole periods by name. */
export function useResolution(): (seconds: number | null | undefined) => string | null {
  const t = useT();
  return (seconds) => {
    if (seconds === null || seconds === undefined) {
      return null;
    }
    if (seconds === 0) {
      return t("resolution.whole");
    }
    if (seconds >= 2592000) {
      return t("resolution.month");
    }
    if (seconds === 86400) {
      return t("resolution.day");
    }
    return seconds === 3600 ? "1\u00a0h" : seconds === 60 ? "1\u00a0min" : duration(seconds);
  };
}

export function Finality({ isProvisional }: { readonly isProvisional: boolean | undefined }) {
  const t = useT();
  if (isProvisional === undefined) {
    return null;
  }
  return isProvisional ? (
    <span class="mark mark-provisional" title={t("provisional.long")}>
      ◌ {t("provisional.short")}
    </span>
  ) : (
    <span class="mark">✓ {t("final.short")}</span>
  );
}

/** Where the numbers above come from, how sure they are, and how to take them along. */
export function Provenance({ meta, url }: { readonly meta: Meta; readonly url?: string | undefined }) {
  const t = useT();
  const { zone } = useSettings();
  const resolution = useResolution();
  const resolved = resolution(meta.resolutionSeconds);
  const asOf = parseInstant(meta.asOf);
  return (
    <div class="provenance">
      <Definitions meta={meta} />
      {meta.error95 === undefined ? null : <span title={meta.error95}>± 95 %</span>}
      {meta.coverage === null || meta.coverage === undefined ? null : (
        <span class={meta.coverage < 0.98 ? "mark mark-warn" : undefined}>
          {t("meta.coverage")} {percent(meta.coverage, 1)}
        </span>
      )}
      {meta.loss === null || meta.loss === undefined ? null : (
        <span class={meta.loss > 0.01 ? "mark mark-warn" : undefined}>
          {t("meta.loss")} {percent(meta.loss, 2)}
        </span>
      )}
      <Finality isProvisional={meta.provisional} />
      {resolved === null ? null : (
        <span>
          {t("meta.resolution")} {resolved}
        </span>
      )}
      {asOf === null ? null : (
        <span>
          {t("meta.asOf")} {minute(asOf, zone)} {zone}
        </span>
      )}
      {meta.suppressedCells === null || meta.suppressedCells === undefined || meta.suppressedCells === 0 ? null : (
        <span class="mark">{t("meta.suppressed", { count: meta.suppressedCells })}</span>
      )}
      {meta.truncated === true ? <span class="mark mark-warn">{t("meta.truncated", { count: meta.rows ?? 0 })}</span> : null}
      <span class="tail">
      {meta.sql === undefined || meta.sql === "" ? null : (
        <Popover label="SQL" title="SQL" side="right">
          {() => <SqlBox meta={meta} />}
        </Popover>
      )}
      {url === undefined ? null : <Exports url={url} />}
      </span>
    </div>
  );
}

export function SqlBox({ meta }: { readonly meta: Meta }) {
  const t = useT();
  return (
    <div class="sql-box">
      <p class="hint">
        {meta.table === undefined ? "" : `${meta.table} · `}
        {meta.queryMillis === undefined ? "" : `${Math.round(meta.queryMillis)} ms`}
      </p>
      <pre class="sql" tabIndex={0}>
        {meta.sql}
      </pre>
      {meta.sqlParameters === undefined || Object.keys(meta.sqlParameters).length === 0 ? null : (
        <pre class="sql" tabIndex={0}>
          {Object.entries(meta.sqlParameters)
            .map(([name, value]) => `${name} = ${String(value)}`)
            .join("\n")}
        </pre>
      )}
      <button type="button" class="button" onClick={() => void navigator.clipboard.writeText(meta.sql ?? "")}>
        {t("action.copy")}
      </button>
    </div>
  );
}

export function Exports({ url }: { readonly url: string }) {
  const t = useT();
  return (
    <span class="exports">
      <span class="visually-hidden">{t("action.download")}: </span>
      {(["csv", "xlsx", "json", "arrow"] as const).map((format) => (
        <a key={format} href={exportUrl(url, format)} download aria-label={`${t("action.download")} ${format.toUpperCase()}`}>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
