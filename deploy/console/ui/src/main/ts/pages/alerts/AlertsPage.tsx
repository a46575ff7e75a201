import type { PageProps } from "../../app/pages.tsx";
import { AlertList } from "./AlertList.tsx";
import { AlertPage } from "./AlertPage.tsx";

export function AlertsPage({ rest }: PageProps) {
  const id = rest[0];
  return id === undefined ? <AlertList /> : <AlertPage id={id} />;
}
