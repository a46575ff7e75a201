import { useNames } from "../state/names.ts";
import { Link } from "./Link.tsx";

/** A link by its id, and which way the traffic goes. */
export function LinkName({ link, from, to }: { readonly link: string; readonly from?: string; readonly to?: string }) {
  const names = useNames();
  return (
    <>
      <Link to={`/interconnects/${encodeURIComponent(link)}`}>{link}</Link>
      {from === undefined || to === undefined ? null : (
        <span class="sub-name">
          {" "}
          {names.operator(from)} → {names.operator(to)}
        </span>
      )}
    </>
  );
}
