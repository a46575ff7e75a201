import type { ComponentChildren } from "preact";
import { useParam } from "../state/location.ts";
import { Link } from "./Link.tsx";

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly render: () => ComponentChildren;
}

/** Parts of a page, each with an address of its own. */
export function Tabs({ path, tabs, label }: { readonly path: string; readonly tabs: readonly Tab[]; readonly label: string }) {
  const first = tabs[0]?.id ?? "";
  const [id] = useParam("view", first);
  const open = tabs.find((tab) => tab.id === id) ?? tabs[0];
  return (
    <>
      <nav class="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Link key={tab.id} to={path} params={{ view: tab.id === first ? undefined : tab.id }} isCurrent={tab === open}>
            {tab.title}
          </Link>
        ))}
      </nav>
      {open === undefined ? null : <div key={open.id}>{open.render()}</div>}
    </>
  );
}
