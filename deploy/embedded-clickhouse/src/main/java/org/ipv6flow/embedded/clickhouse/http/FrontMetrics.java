package org.ipv6flow.embedded.clickhouse.http;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the front counts, in Prometheus' text format.
 *
 * <p>Every statement that starts ends as succeeded, failed or abandoned: {@code statements = sum
 * over outcomes + running}.
 */
final class FrontMetrics {

  private static final String PREFIX = "ipv6flow_clickhouse_";

  final LongAdder statements = new LongAdder();
  final LongAdder succeeded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder abandoned = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder inserts = new LongAdder();
  final LongAdder writtenRows = new LongAdder();
  final LongAdder readRows = new LongAdder();
  final LongAdder sentOctets = new LongAdder();

  String scrape() {
    StringBuilder text = new StringBuilder(1024);
    counter(text, "statements_started_total", statements.sum());
    type(text, "statements_ended_total", "counter");
    outcome(text, "succeeded", succeeded.sum());
    outcome(text, "failed", failed.sum());
    outcome(text, "abandoned", abandoned.sum());
    gauge(
        text,
        "statements_running",
        Math.max(0, statements.sum() - succeeded.sum() - failed.sum() - abandoned.sum()));
    counter(text, "requests_rejected_total", rejected.sum());
    counter(text, "inserts_total", inserts.sum());
    counter(text, "written_rows_total", writtenRows.sum());
    counter(text, "read_rows_total", readRows.sum());
    counter(text, "sent_octets_total", sentOctets.sum());
    text.append("# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ")
        .append(String.format(Locale.ROOT, "%.3f%n", processCpuSeconds()));
    return text.toString();
  }

  /** Processor time of this process, which is nearly all the engine's. */
  private static double processCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  private static void counter(StringBuilder text, String name, long value) {
    type(text, name, "counter");
    sample(text, name, value);
  }

  private static void gauge(StringBuilder text, String name, long value) {
    type(text, name, "gauge");
    sample(text, name, value);
  }

  private static void outcome(StringBuilder text, String outcome, long value) {
    sample(text, "statements_ended_total{outcome=\"" + outcome + "\"}", value);
  }

  private static void type(StringBuilder text, String name, String type) {
    text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
  }

  private static void sample(StringBuilder text, String name, long value) {
    text.append(PREFIX).append(name).append(' ').append(value).append('\n');
  }
}
