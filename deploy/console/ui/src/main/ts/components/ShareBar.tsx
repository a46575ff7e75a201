import { octets } from "../format/number.ts";

/** Two parts of a whole side by side; the numbers are in its label. */
export function ShareBar({ v6, v4 }: { readonly v6: number; readonly v4: number }) {
  const whole = v6 + v4;
  const width = whole > 0 ? (v6 / whole) * 100 : 0;
  return (
    <svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`IPv6 ${octets(v6)}, IPv4 ${octets(v4)}`}>
      <rect class="v4" x="0" y="2" width="100" height="4" />
      <rect class="v6" x="0" y="0" width={width} height="8" />
    </svg>
  );
}
