package org.ipv6flow.collector.decode;

import java.time.Instant;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.session.ObservationDomain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator what changes the numbers: a few lines in the log, never more than one in a
 * while, however many an exporter gives cause for. All of them are counted.
 */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** Time between two lines, by the receiver's clock. */
  private static final long MIN_INTERVAL_MILLIS = 1_000;

  /**
   * H3C is configured with an exponent of 2, which then looks like an interval as small as this.
   */
  private static final double MAX_EXPONENT = 20;

  /** The same for refused datagrams, of which there may be a flood. */
  private static final long MIN_REFUSED_INTERVAL_MILLIS = 60_000;

  private long lastMillis = Long.MIN_VALUE;
  private long lastRefusedMillis;

  /** Whether an interval may be an exponent of 2 instead; 1 is nothing but 1. */
  static boolean looksLikeExponent(double interval) {
    return interval > 1 && interval <= MAX_EXPONENT;
  }

  void samplingLooksLikeExponent(
      ObservationDomain domain, SamplingScope scope, double interval, ExportMessage announced) {
    if (isDue(announced)) {
      LOG.warn(
          "Sampling of {} domain {} {} is announced as {}; if the exporter is configured with an"
              + " exponent of 2, that is the wrong number: state the interval in the inventory",
          Addresses.text(domain.exporterHigh(), domain.exporterLow()),
          Integer.toUnsignedString(domain.domainId()),
          scope.text(),
          text(interval));
    }
  }

  void samplingChanged(
      ObservationDomain domain,
      SamplingScope scope,
      double from,
      double to,
      ExportMessage announced) {
    if (isDue(announced)) {
      LOG.warn(
          "Sampling of {} domain {} {} changes from {} to {} for what is exported from"
              + " {} on{}",
          Addresses.text(domain.exporterHigh(), domain.exporterLow()),
          Integer.toUnsignedString(domain.domainId()),
          scope.text(),
          text(from),
          text(to),
          Instant.ofEpochMilli(announced.exportTimeMillis),
          looksLikeExponent(to)
              ? "; if the exporter is configured with an exponent, it announces the wrong number"
              : "");
    }
  }

  void oneFamilySampled(ObservationDomain domain, int interfaceIndex, ExportMessage message) {
    if (isDue(message)) {
      LOG.warn(
          "Interface {} of {} has a sampling interval for one IP version and none for the other:"
              + " the other's octets are not counted; state the interval in the inventory, or"
              + " let the exporter announce it",
          Integer.toUnsignedString(interfaceIndex),
          Addresses.text(domain.exporterHigh(), domain.exporterLow()));
    }
  }

  void refused(long exporterHigh, long exporterLow, DropReason reason, long nowMillis) {
    if (nowMillis - lastRefusedMillis >= MIN_REFUSED_INTERVAL_MILLIS && isDue(nowMillis)) {
      lastRefusedMillis = nowMillis;
      LOG.warn(
          "Datagrams of {} are not decoded: {}",
          Addresses.text(exporterHigh, exporterLow),
          reason.label());
    }
  }

  void quarantined(long exporterHigh, long exporterLow, long nowMillis) {
    if (isDue(nowMillis)) {
      LOG.warn(
          "{} sends more malformed messages than good ones: not listened to for a while",
          Addresses.text(exporterHigh, exporterLow));
    }
  }

  private boolean isDue(ExportMessage message) {
    return isDue(message.receiveTimeMillis);
  }

  private boolean isDue(long now) {
    if (lastMillis != Long.MIN_VALUE && Math.abs(now - lastMillis) < MIN_INTERVAL_MILLIS) {
      return false;
    }
    lastMillis = now;
    return true;
  }

  private static String text(double interval) {
    if (interval == 0) {
      return "unknown";
    }
    return "1 in "
        + (interval == Math.rint(interval)
            ? Long.toString((long) interval)
            : Double.toString(interval));
  }
}
