import { Link } from "../../components/Link.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useT } from "../../i18n/index.ts";

/** What the three shares are, in words: the numbers differ, and none of them is "the" share. */
export function ShareMeaning() {
  const t = useT();
  const items = [
    { id: "ipv6_share_wire", name: t("share.wire"), text: t("share.wireMeaning") },
    { id: "ipv6_share_native", name: t("share.native"), text: t("share.nativeMeaning") },
    { id: "ipv6_share_payload_lower", name: t("share.payload"), text: t("share.payloadMeaning") },
    { id: "coverage", name: t("column.coverage"), text: t("share.coverageMeaning") },
  ];
  return (
    <div class="span-4 cell">
      <Panel title={t("share.meaning")}>
        <dl class="meaning">
          {items.map((item) => (
            <div key={item.id}>
              <dt>
                {item.name} <Link to={`/docs/definitions/${item.id}`}>{item.id} v1</Link>
              </dt>
              <dd>{item.text}</dd>
            </div>
          ))}
        </dl>
        <p class="hint">{t("share.errorMeaning")}</p>
      </Panel>
    </div>
  );
}
