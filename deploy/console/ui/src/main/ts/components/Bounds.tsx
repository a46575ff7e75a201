import { percentRange } from "../format/number.ts";

export interface BoundsValue {
  readonly wire: number | null;
  readonly wireError: number | null;
  readonly native: number | null;
  readonly nativeError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Three shares on one scale: the wire share as a dot with its 95 % error, the native share as a
 * diamond with its own, and the payload share as the box that it lies in.
 */
export function Bounds({ value, max, label }: { readonly value: BoundsValue; readonly max: number; readonly label: string }) {
  const width = 200;
  const height = 26;
  const x = (share: number) => Math.max(0, Math.min(width, (share / max) * width));
  const { wire, wireError, native, nativeError, lower, upper } = value;
  const ticks = max > 0.6 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  return (
    <svg class="bounds" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      {ticks
        .filter((tick) => tick <= max)
        .map((tick) => (
          <path key={tick} class="tick" d={`M${x(tick)} 0V${height}`} />
        ))}
      {lower === null || upper === null ? null : (
        <rect class="payload" x={x(lower)} y="7" width={Math.max(2, x(upper) - x(lower))} height="12" />
      )}
      {wire === null ? null : (
        <g class="wire">
          {wireError === null ? null : <path d={`M${x(wire - wireError)} 9H${x(wire + wireError)}`} />}
          <circle cx={x(wire)} cy="9" r="3.5" />
        </g>
      )}
      {native === null ? null : (
        <g class="native">
          {nativeError === null ? null : <path d={`M${x(native - nativeError)} 17H${x(native + nativeError)}`} />}
          <path class="shape" d={`M${x(native)} 13l4 4l-4 4l-4 -4z`} />
        </g>
      )}
    </svg>
  );
}

export function BoundsLegend({ texts }: { readonly texts: { readonly wire: string; readonly native: string; readonly payload: string } }) {
  return (
    <p class="legend-inline bounds-legend">
      <span>
        <svg viewBox="0 0 20 10" width="20" height="10" class="bounds" aria-hidden="true">
          <g class="wire">
            <path d="M1 5H19" />
            <circle cx="10" cy="5" r="3.5" />
          </g>
        </svg>{" "}
        {texts.wire}
      </span>
      <span>
        <svg viewBox="0 0 20 10" width="20" height="10" class="bounds" aria-hidden="true">
          <g class="native">
            <path d="M1 5H19" />
            <path class="shape" d="M10 1l4 4l-4 4l-4 -4z" />
          </g>
        </svg>{" "}
        {texts.native}
      </span>
      <span>
        <svg viewBox="0 0 20 10" width="20" height="10" class="bounds" aria-hidden="true">
          <rect class="payload" x="1" y="1" width="18" height="8" />
        </svg>{" "}
        {texts.payload}
      </span>
    </p>
  );
}

export function boundsText(value: BoundsValue): string {
  return percentRange(value.lower, value.upper, 1);
}
