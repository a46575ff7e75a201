import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { setCsrfToken } from "../api/client.ts";
import { useApi } from "../api/useApi.ts";
import { Failed, Loading } from "../components/States.tsx";
import { useT } from "../i18n/index.ts";
import { useLocation } from "../state/location.ts";
import { NamesContext, useLoadedNames } from "../state/names.ts";
import { SessionContext, type SessionState } from "../state/session.ts";
import { useSettings, useSettingsOnDocument } from "../state/settings.ts";
import { Login } from "./Login.tsx";
import { pageOf, type Page, type PageProps } from "./pages.tsx";
import { Shell } from "./Shell.tsx";

export function App() {
  const settings = useSettings();
  useSettingsOnDocument(settings);
  const answer = useApi("/session");
  if (answer.data === null) {
    return <main class="alone">{answer.problem === null ? <Loading /> : <Failed problem={answer.problem} onRetry={answer.refresh} />}</main>;
  }
  setCsrfToken(answer.data.csrfToken);
  if (!answer.data.authenticated) {
    return <Login onDone={answer.refresh} />;
  }
  return <SignedIn state={{ session: answer.data, reload: answer.refresh }} />;
}

function SignedIn({ state }: { readonly state: SessionState }) {
  return (
    <SessionContext.Provider value={state}>
      <Named />
    </SessionContext.Provider>
  );
}

function Named() {
  const names = useLoadedNames();
  return (
    <NamesContext.Provider value={names}>
      <Pages />
    </NamesContext.Provider>
  );
}

function Pages() {
  const t = useT();
  const { path } = useLocation();
  const found = pageOf(path);
  if (found === null) {
    return (
      <Shell page={null}>
        <div class="panel state">
          <p>
            <b>{t("state.noPage")}</b>
          </p>
          <p>{path}</p>
        </div>
      </Shell>
    );
  }
  return (
    <Shell page={found.page}>
      <Loaded key={found.page.id} page={found.page} rest={found.rest} />
    </Shell>
  );
}

const loaded = new Map<string, ComponentType<PageProps>>();

function Loaded({ page, rest }: { readonly page: Page; readonly rest: readonly string[] }) {
  const [Component, setComponent] = useState<ComponentType<PageProps> | null>(() => loaded.get(page.id) ?? null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    page
      .load()
      .then((component) => {
        loaded.set(page.id, component);
        if (!isGone) {
          setComponent(() => component);
        }
      })
      .catch((error: unknown) => setFailure(String(error)));
    return () => {
      isGone = true;
    };
  }, [page]);
  if (failure !== null) {
    return <Failed problem={{ status: 0, retryAfterSeconds: null, title: "", detail: failure, hint: null }} onRetry={() => window.location.reload()} />;
  }
  return Component === null ? <Loading /> : <Component rest={rest} />;
}
