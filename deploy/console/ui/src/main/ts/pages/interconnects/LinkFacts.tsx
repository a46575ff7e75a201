import { useApi } from "../../api/useApi.ts";
import { ApiPanel } from "../../components/ApiPanel.tsx";
import { ExporterLink } from "../../components/ExporterLink.tsx";
import { Link } from "../../components/Link.tsx";
import { bitRate } from "../../format/number.ts";
import { useCode, useT } from "../../i18n/index.ts";
import { useNames } from "../../state/names.ts";
import { useSettings } from "../../state/settings.ts";

/** What the inventory says of a link. */
export function LinkFacts({ link }: { readonly link: string }) {
  const t = useT();
  const code = useCode();
  const names = useNames();
  const { language } = useSettings();
  const result = useApi("/links/{link}", { path: { link } });
  return (
    <ApiPanel title={link} result={result} hasExports={false} span={12}>
      {(data) => {
        const present = data.capacities[data.capacities.length - 1];
        return (
          <>
            <dl class="facts">
              <div>
                <dt>{t("column.node")}</dt>
                <dd>
                  {language === "zh-CN" ? data.node_name_zh : data.node_name_en} <small>{data.node}</small>
                </dd>
              </div>
              <div>
                <dt>A</dt>
                <dd>
                  {names.operator(data.a_operator)} <small>{data.a_operator}</small>
                </dd>
              </div>
              <div>
                <dt>B</dt>
                <dd>
                  {names.operator(data.b_operator)} <small>{data.b_operator}</small>
                </dd>
              </div>
              <div>
                <dt>{t("column.role")}</dt>
                <dd>{code("role", data.role)}</dd>
              </div>
              <div>
                <dt>{t("column.capacity")}</dt>
                <dd>
                  {bitRate(present?.capacity_bps)}{" "}
                  {present?.members === undefined ? null : (
                    <small>
                      {present.members} {t("link.members")}
                    </small>
                  )}
                </dd>
              </div>
              <div>
                <dt>{t("link.ipv6Since")}</dt>
                <dd>{data.ipv6_enabled_on ?? t("link.noIpv6")}</dd>
              </div>
              {data.observations.map((one) => (
                <div key={one.direction}>
                  <dt>
                    {t("link.countedBy")} {one.direction === "a_to_b" ? "A → B" : "B → A"}
                  </dt>
                  <dd>
                    {one.exporter === undefined ? "–" : <ExporterLink exporter={one.exporter} />}{" "}
                    <small>
                      {one.interface_name ?? one.interface} {one.meter}
                    </small>
                  </dd>
                </div>
              ))}
            </dl>
            <p>
              <Link to="/interconnects" params={{ view: "failure", failed: link }}>
                {t("link.whatIfFails")}
              </Link>
              {" · "}
              <Link to="/capacity" params={{ view: "profile", dimension: "link", member: link }}>
                {t("capacity.profile")}
              </Link>
            </p>
          </>
        );
      }}
    </ApiPanel>
  );
}
