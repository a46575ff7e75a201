import { send, setCsrfToken, urlOf } from "../api/client.ts";
import { forget } from "../api/useApi.ts";
import { Segments, Select } from "../components/Controls.tsx";
import { Popover } from "../components/Popover.tsx";
import type { Schemas } from "../api/types.ts";
import { useT } from "../i18n/index.ts";
import { setParams } from "../state/location.ts";
import { useSession } from "../state/session.ts";
import { remember, useSettings } from "../state/settings.ts";

const ZONES = ["Asia/Shanghai", "Asia/Urumqi", "UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
const ROLES = ["noc", "planner", "regulator", "operator", "auditor", "admin"] as const;

function choose(name: "lang" | "theme" | "tz", value: string): void {
  remember(name, value);
  setParams({ [name]: value }, true);
}

export function SettingsMenu() {
  const t = useT();
  const settings = useSettings();
  const { session, reload } = useSession();
  const setRole = async (role: string) => {
    const changed = await send<Schemas["Session"]>("PUT", urlOf("/session/role"), role === "operator" ? { role, operator: "CT" } : { role });
    setCsrfToken(changed.csrfToken);
    forget();
    reload();
  };
  const logOut = async () => {
    await send("DELETE", urlOf("/session"));
    forget();
    reload();
  };
  const isChinese = settings.language === "zh-CN";
  return (
    <span class="settings">
      <button type="button" class="button" lang={isChinese ? "en" : "zh-CN"} onClick={() => choose("lang", isChinese ? "en" : "zh-CN")}>
        {isChinese ? "English" : "中文"}
      </button>
      <Popover label={t("settings.title")} title={t("settings.title")} class="button" side="right below">
        {(close) => (
          <div class="settings-box">
            <Segments
              label={t("settings.theme")}
              value={settings.theme}
              options={[
                { value: "light", label: t("settings.light") },
                { value: "dark", label: t("settings.dark") },
              ]}
              onChange={(value) => choose("theme", value)}
            />
            <Select label={t("settings.zone")} value={settings.zone} options={ZONES.map((zone) => ({ value: zone, label: zone }))} onChange={(value) => choose("tz", value)} />
            {session.mayChooseRole ? (
              <Select
                label={t("settings.role")}
                value={session.role ?? ""}
                options={ROLES.map((role) => ({ value: role, label: t(`role.user.${role}`) }))}
                onChange={(value) => void setRole(value)}
              />
            ) : null}
            <button
              type="button"
              class="button"
              onClick={() => {
                close();
                setParams({ wall: "1" });
              }}
            >
              {t("settings.wall")}
            </button>
            {session.demo ? null : (
              <button type="button" class="button" onClick={() => void logOut()}>
                {t("login.out")}
              </button>
            )}
          </div>
        )}
      </Popover>
    </span>
  );
}
