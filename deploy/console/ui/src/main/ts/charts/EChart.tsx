import { useEffect, useRef } from "preact/hooks";
import type { ECharts, EChartsCoreOption } from "./echarts.ts";

interface Props {
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** Said to screen readers; the numbers themselves are in the table below the chart. */
  readonly label: string;
  readonly onRange?: (fromMs: number, toMs: number) => void;
  readonly onPick?: (name: string) => void;
}

/**
 * One chart. It is made once and told about new data, so that a refresh does not flicker; it is not
 * animated, because a moving line says something about the screen and not about the network.
 */
export function EChart({ option, height, label, onPick }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef(option);
  const pick = useRef(onPick);
  latest.current = option;
  pick.current = onPick;

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    let disposed = false;
    let observer: ResizeObserver | undefined;
    void import("./echarts.ts").then(({ init }) => {
      if (disposed) {
        return;
      }
      const made = init(element, undefined, { renderer: "canvas" });
      chart.current = made;
      made.setOption(latest.current);
      made.on("click", (event) => {
        const name = (event as { seriesName?: string; name?: string }).name ?? "";
        pick.current?.(name);
      });
      observer = new ResizeObserver(() => made.resize());
      observer.observe(element);
      element.dataset["ready"] = "true";
    });
    return () => {
      disposed = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true, lazyUpdate: false });
  }, [option]);

  return <div ref={host} class="chart" role="img" aria-label={label} style={{ height: `${height}px` }} />;
}
