import { Link } from "./Link.tsx";

/** Ids of the inventory are parts of a path; the address of an exporter that is in none is a parameter. */
const PLAIN = /^[\w-]+$/;

export function ExporterLink({ exporter }: { readonly exporter: string }) {
  return PLAIN.test(exporter) ? (
    <Link to={`/sources/${exporter}`}>{exporter}</Link>
  ) : (
    <Link to="/sources" params={{ exporter }}>
      {exporter}
    </Link>
  );
}
