/** A line without axes, for a table's cell; the numbers stand beside it. */
export function Sparkline({ values, max, label }: { readonly values: ReadonlyArray<number | null>; readonly max?: number; readonly label: string }) {
  const width = 76;
  const height = 20;
  const top = max ?? Math.max(1e-12, ...values.map((v) => v ?? 0));
  const step = values.length > 1 ? width / (values.length - 1) : width;
  let path = "";
  let isDown = false;
  values.forEach((value, i) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const y = height - 1 - (Math.min(value, top) / top) * (height - 2);
    path += `${isDown ? "L" : "M"}${(i * step).toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  });
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <path d={`M0 ${height - 0.5}H${width}`} class="base" />
      <path d={path} class="line" />
    </svg>
  );
}
