import { Link } from "../../components/Link.tsx";
import { useT } from "../../i18n/index.ts";
import { useMay } from "../../state/session.ts";
import { LinkDisagreement } from "./LinkDisagreement.tsx";
import { LinkFacts } from "./LinkFacts.tsx";
import { LinkLoad } from "./LinkLoad.tsx";
import { LinkSplit } from "./LinkSplit.tsx";
import { LinkStatistics } from "./LinkStatistics.tsx";
import { LinkTops } from "./LinkTops.tsx";

/** One link: what it carries each way, what that is made of, who sends it, and whether both ends agree. */
export function LinkPage({ link }: { readonly link: string }) {
  const t = useT();
  const may = useMay();
  return (
    <>
      <p class="crumbs page-crumbs">
        <Link to="/interconnects">{t("nav.interconnects")}</Link> / <b>{link}</b>
      </p>
      <div class="grid stretch">
        <LinkFacts link={link} />
        <LinkLoad link={link} />
        {may("getDisagreement") ? <LinkDisagreement link={link} /> : null}
        <LinkStatistics link={link} />
        <LinkSplit link={link} />
        {may("getLinkTops") ? <LinkTops link={link} /> : null}
      </div>
    </>
  );
}
