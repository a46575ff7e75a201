import { useState } from "preact/hooks";
import { send, urlOf } from "../../api/client.ts";
import { problemOfError } from "../../api/problem.ts";
import { useApi } from "../../api/useApi.ts";
import { Check } from "../../components/Controls.tsx";
import { Popover } from "../../components/Popover.tsx";
import { useT } from "../../i18n/index.ts";
import { currentLocation, formatQuery, hrefOf, navigate, parseQuery } from "../../state/location.ts";
import { useMay } from "../../state/session.ts";

/** Parameters that belong to the reader and not to a view. */
const OF_READER = ["lang", "theme", "tz", "wall"];

/** Whole views by name: the question, the chart and the period. */
export function SavedViews() {
  const t = useT();
  const may = useMay();
  const views = useApi("/views");
  const mine = views.data?.views.filter((view) => view.page === "/explore") ?? [];
  const open = (query: string) => {
    const params = Object.fromEntries(parseQuery(query));
    navigate(hrefOf("/explore", { from: undefined, to: undefined, ...params }));
  };
  return (
    <div class="saved-views">
      <Popover label={`${t("views.title")} (${mine.length})`} title={t("views.title")} class="button" side="below">
        {(close) =>
          mine.length === 0 ? (
            <p class="hint">{t("views.none")}</p>
          ) : (
            <ul class="view-list">
              {mine.map((view) => (
                <li key={view.id}>
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      close();
                      open(view.query);
                    }}
                  >
                    {view.name}
                  </button>
                  <small>
                    {view.owner}
                    {view.shared ? ` · ${t("views.shared")}` : ""}
                  </small>
                  {view.mine && may("deleteView") ? (
                    <button
                      type="button"
                      class="link"
                      aria-label={t("views.delete", { name: view.name })}
                      onClick={() => void send("DELETE", urlOf("/views/{view}", { view: view.id })).then(views.refresh)}
                    >
                      ×
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Popover>
      {may("createView") ? (
        <Popover label={t("views.save")} title={t("views.save")} class="button" side="below">
          {(close) => (
            <SaveForm
              onDone={() => {
                close();
                views.refresh();
              }}
            />
          )}
        </Popover>
      ) : null}
    </div>
  );
}

function SaveForm({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async () => {
    const params = new Map(currentLocation().params);
    OF_READER.forEach((one) => params.delete(one));
    try {
      await send("POST", urlOf("/views"), { name, page: "/explore", query: formatQuery(params).replace(/^\?/, ""), shared: isShared });
      onDone();
    } catch (error) {
      const problem = problemOfError(error);
      setFailure(`${problem.title} ${problem.detail}`);
    }
  };
  return (
    <div class="settings-box">
      <label>
        {t("views.name")}
        <input required maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <Check label={t("views.share")} isOn={isShared} onChange={setShared} />
      {failure === null ? null : (
        <p class="bad-text" role="alert">
          {failure}
        </p>
      )}
      <button type="button" class="button primary" disabled={name.trim() === ""} onClick={() => void save()}>
        {t("views.save")}
      </button>
    </div>
  );
}
