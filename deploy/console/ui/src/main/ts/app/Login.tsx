import { useState } from "preact/hooks";
import { send, urlOf } from "../api/client.ts";
import { problemOfError, type Problem } from "../api/problem.ts";
import { useT } from "../i18n/index.ts";
import { Brand } from "./Brand.tsx";

export function Login({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await send("POST", urlOf("/session"), { user, password });
      onDone();
    } catch (error) {
      setProblem(problemOfError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="alone">
      <form
        class="panel login"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Brand />
        <h1>{t("login.title")}</h1>
        <label>
          {t("login.user")}
          <input name="user" autocomplete="username" required value={user} onInput={(event) => setUser(event.currentTarget.value)} />
        </label>
        <label>
          {t("login.password")}
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        {problem === null ? null : (
          <p class="notice bad" role="alert">
            {problem.title} {problem.detail}
          </p>
        )}
        <button type="submit" class="button primary" disabled={isBusy}>
          {t("login.submit")}
        </button>
      </form>
    </main>
  );
}
