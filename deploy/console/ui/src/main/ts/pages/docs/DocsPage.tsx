import { useEffect, useMemo, useRef } from "preact/hooks";
import { DOCUMENTS } from "#documents";
import type { PageProps } from "../../app/pages.tsx";
import { rowsOf, type Answer } from "../../api/types.ts";
import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Link } from "../../components/Link.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useT } from "../../i18n/index.ts";
import { hrefOf, navigate } from "../../state/location.ts";

type Row = ReturnType<typeof rowsOf<Answer<"/definitions">["data"]>>[number];

/** What the numbers mean, from the server's register; the product's documents; the API. */
export function DocsPage({ rest }: PageProps) {
  const t = useT();
  const [first = "register", second] = rest;
  const documents = DOCUMENTS.map((one) => ({ id: one.id, title: one.title }));
  return (
    <div class="docs">
      <nav class="docs-nav" aria-label={t("nav.docs")}>
        <ul>
          <li>
            <Link to="/docs" isCurrent={first === "register"}>
              {t("docs.register")}
            </Link>
          </li>
          {documents.map((one) => (
            <li key={one.id}>
              <Link to={`/docs/${one.id}`} isCurrent={first === one.id && second === undefined}>
                {one.title}
              </Link>
            </li>
          ))}
          <li>
            <a href="/api/v1/openapi.yaml">{t("docs.api")}</a>
          </li>
        </ul>
      </nav>
      <div class="docs-body">{first === "definitions" && second !== undefined ? <DefinitionPage id={second} /> : first === "register" ? <Register /> : <Document id={first} />}</div>
    </div>
  );
}

function Register() {
  const t = useT();
  const result = useApi("/definitions");
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: "id", title: t("definition.id"), isHeader: true, sortBy: (row) => row.definition, render: (row) => <Link to={`/docs/definitions/${row.definition}`}>{row.definition}</Link> },
      { key: "version", title: t("definition.version"), isNumber: true, sortBy: (row) => row.version, render: (row) => row.version },
      { key: "unit", title: t("definition.unit"), sortBy: (row) => row.unit, render: (row) => row.unit },
      { key: "formula", title: t("definition.formula"), render: (row) => <code class="wrap">{row.formula}</code> },
      { key: "population", title: t("definition.population"), sortBy: (row) => row.population, render: (row) => <span class="wrap">{row.population}</span> },
      { key: "source", title: t("definition.source"), render: (row) => <span class="wrap">{row.source}</span> },
    ],
    [t],
  );
  return (
    <ApiPanel title={t("docs.register")} note={t("docs.registerNote")} result={result}>
      {(data) => <DataTable caption={t("docs.register")} columns={columns} rows={rowsOf(data)} rowKey={(row) => `${row.definition} ${row.version}`} sort={{ key: "id", isDescending: false }} />}
    </ApiPanel>
  );
}

function DefinitionPage({ id }: { readonly id: string }) {
  const t = useT();
  const result = useApi("/definitions/{definition}", { path: { definition: id } });
  return (
    <ApiPanel title={id} result={result} hasExports={false}>
      {(data) => (
        <>
          {data.versions.map((version) => (
            <section key={version.version} class="definition-page">
              <h3>
                {t("definition.version")} {version.version}
              </h3>
              <dl class="facts">
                <div>
                  <dt>{t("definition.formula")}</dt>
                  <dd>
                    <code>{version.formula}</code>
                  </dd>
                </div>
                <div>
                  <dt>{t("definition.unit")}</dt>
                  <dd>{version.unit}</dd>
                </div>
                <div>
                  <dt>{t("definition.population")}</dt>
                  <dd>{version.population}</dd>
                </div>
                <div>
                  <dt>{t("definition.direction")}</dt>
                  <dd>{version.direction}</dd>
                </div>
                <div>
                  <dt>{t("definition.source")}</dt>
                  <dd>{version.source}</dd>
                </div>
              </dl>
            </section>
          ))}
          <p>
            <Link to="/docs/definitions">{t("docs.fullText")}</Link>
          </p>
          {data.sql?.map((one) => (
            <details key={one.view}>
              <summary>{one.view}</summary>
              <pre class="sql" tabIndex={0}>
                {one.statement}
              </pre>
            </details>
          ))}
        </>
      )}
    </ApiPanel>
  );
}

/** One of the product's documents. Its text is made when the console is built, from files of the repository. */
function Document({ id }: { readonly id: string }) {
  const t = useT();
  const host = useRef<HTMLDivElement>(null);
  const found = DOCUMENTS.find((one) => one.id === id);
  useEffect(() => {
    const anchor = window.location.hash.slice(1);
    if (anchor !== "") {
      document.getElementById(anchor)?.scrollIntoView();
    }
  }, [id]);
  if (found === undefined) {
    return (
      <Panel title={t("state.noPage")}>
        <p>{id}</p>
      </Panel>
    );
  }
  return (
    <div
      ref={host}
      class="panel prose"
      lang="en"
      onClick={(event) => {
        const link = (event.target as Element).closest("a");
        const href = link?.getAttribute("href");
        if (href?.startsWith("/docs/") === true) {
          event.preventDefault();
          navigate(hrefOf(href));
          window.scrollTo(0, 0);
        }
      }}
      dangerouslySetInnerHTML={{ __html: found.html }}
    />
  );
}
