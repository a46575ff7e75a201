package org.ipv6flow.launcher.demo;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The demo's table: drawn in place on a terminal, a line now and then elsewhere.
 *
 * <p>Loads are of a bucket that began half a minute ago: flows are exported when they end, at the
 * latest at the active timeout, so that newer buckets still grow much, and this one a little.
 */
final class LiveTable {

  private static final int LINKS = 10;
  private static final int SETTLED_SECONDS = 30;
  private static final int BUCKET_SECONDS = 10;
  private static final double GIGA = 1e9;
  private static final double TERA = 1e12;
  private static final int BAR_WIDTH = 20;

  private final PrintWriter out;
  private final boolean terminal;
  private int linesDrawn;

  LiveTable(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Draws the state of things. */
  void draw(StoreQueries store, Instant started, Duration duration) throws SQLException {
    Instant now = Instant.now();
    long settled = now.getEpochSecond() - SETTLED_SECONDS;
    Instant bucket = Instant.ofEpochSecond(settled - settled % BUCKET_SECONDS);
    Instant from = bucket.isBefore(started) ? floor(started) : bucket;
    StoreQueries.Share wire = store.share("wire", started, now.plusSeconds(60));
    StoreQueries.Share nativeShare = store.share("native", started, now.plusSeconds(60));
    StoreQueries.Totals totals = store.linkTraffic(started.minusSeconds(BUCKET_SECONDS));
    List<StoreQueries.LinkLoad> links = store.links(from, from.plusSeconds(BUCKET_SECONDS));
    StoreQueries.ExporterHealth exporters = store.exporters(started.minusSeconds(BUCKET_SECONDS));
    boolean isSettled = !bucket.isBefore(floor(started).plusSeconds(BUCKET_SECONDS));
    double bits = links.stream().mapToDouble(StoreQueries.LinkLoad::bitsPerSecond).sum();
    double bitsV6 = links.stream().mapToDouble(StoreQueries.LinkLoad::bitsPerSecondV6).sum();
    long elapsed = Math.min(duration.toSeconds(), Duration.between(started, now).toSeconds());
    if (!terminal) {
      out.println(
          line(
              "%3d s  %,12d records stored  IPv6 wire %6.2f %% ± %.2f  native %6.2f %% ± %.2f  %s",
              elapsed,
              totals.records(),
              100 * wire.value(),
              100 * wire.error95(),
              100 * nativeShare.value(),
              100 * nativeShare.error95(),
              isSettled ? line("%.2f Tbps so far", bits / TERA) : "load not settled yet"));
      out.flush();
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "SYNTHETIC TRAFFIC of a demo nation  %d of %d s  %,d flow records stored",
            elapsed, duration.toSeconds(), totals.records()));
    lines.add("");
    lines.add(
        line(
            "IPv6 share of octets   wire %.2f %% ± %.2f   native %.2f %% ± %.2f   (95 %% error)",
            100 * wire.value(),
            100 * wire.error95(),
            100 * nativeShare.value(),
            100 * nativeShare.error95()));
    lines.add(
        isSettled
            ? line(
                "Traffic                %.2f Tbps, %.2f Tbps of it IPv6, half a minute ago",
                bits / TERA, bitsV6 / TERA)
            : "Traffic                not settled yet: flows are exported when they end");
    lines.add(
        line("IPv6 interconnect bandwidth provisioned  %.2f Tbps", store.ipv6Capacity() / TERA));
    for (StoreQueries.PlanTarget target : store.planTargets()) {
      lines.add(
          line(
              "  target by %s  %.0f Tbps   provisioned then %.2f Tbps   %s",
              target.due(),
              target.targetBitsPerSecond() / TERA,
              target.capacityBitsPerSecond() / TERA,
              target.capacityBitsPerSecond() >= target.targetBitsPerSecond() ? "met" : "missed"));
    }
    lines.add("");
    lines.add(
        line(
            "%-18s %-16s %10s %7s %-22s %s",
            isSettled ? "Busiest links" : "Busiest so far",
            "direction",
            "Gbps",
            "IPv6",
            "utilisation",
            "± 95 %"));
    for (StoreQueries.LinkLoad link : links.subList(0, Math.min(LINKS, links.size()))) {
      lines.add(linkLine(link));
    }
    lines.add("");
    lines.add(
        line(
            "Exporters  %d of %d reporting, %,d records and %,d messages lost, %,d records without a"
                + " sampling interval",
            exporters.reporting(),
            exporters.expected(),
            exporters.lostRecords(),
            exporters.lostMessages(),
            exporters.samplingUnknown()));
    redraw(lines);
  }

  private static String linkLine(StoreQueries.LinkLoad link) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, link.utilisation())) * BAR_WIDTH);
    return line(
        "%-18s %-16s %10.1f %5.1f %% %s%s %5.1f %% ± %.1f",
        link.link(),
        link.from() + " → " + link.to(),
        link.bitsPerSecond() / GIGA,
        link.bitsPerSecond() == 0 ? 0 : 100 * link.bitsPerSecondV6() / link.bitsPerSecond(),
        "█".repeat(filled),
        "░".repeat(BAR_WIDTH - filled),
        100 * link.utilisation(),
        100 * link.error95());
  }

  private void redraw(List<String> lines) {
    if (linesDrawn > 0) {
      out.printf("\033[%dA", linesDrawn);
    }
    for (String line : lines) {
      out.print("\033[2K");
      out.println(line);
    }
    out.print("\033[J");
    out.flush();
    linesDrawn = lines.size();
  }

  private static Instant floor(Instant time) {
    long seconds = time.getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % BUCKET_SECONDS);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
