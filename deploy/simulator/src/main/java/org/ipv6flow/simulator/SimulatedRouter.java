package org.ipv6flow.simulator;

import org.ipv6flow.simulator.export.RouterExport;
import org.ipv6flow.simulator.export.SessionCounters;
import org.ipv6flow.simulator.traffic.LinkMeter;
import org.ipv6flow.simulator.traffic.MeteredRouter;
import org.ipv6flow.simulator.traffic.TruthOutput;

/** A router at work: meters its links tick by tick and exports what it finds. */
final class SimulatedRouter {

  /** Messages that are not full are sent after so many ticks. */
  private static final int TICKS_PER_FLUSH = 5;

  private final MeteredRouter router;
  private final RouterExport export;
  private final RouterTimes times;

  private long bucketEndMillis;
  private long nextTemplatesMillis = Long.MIN_VALUE;
  private long nextOptionsMillis;
  private long restartMillis;
  private int ticksUntilFlush;

  SimulatedRouter(MeteredRouter router, RouterExport export, RouterTimes times) {
    this.router = router;
    this.export = export;
    this.times = times;
    this.nextOptionsMillis = times.firstOptionsMillis();
    this.restartMillis = times.restartMillis();
    // Routers do not flush all in the same tick.
    this.ticksUntilFlush = Math.floorMod(router.exporter().id().hashCode(), TICKS_PER_FLUSH) + 1;
  }

  /**
   * Sends what falls due at {@code sentMillis}: flows that ended from {@code tickMillis} on.
   *
   * @param endMillis when the simulation ends
   */
  void tick(long tickMillis, long endMillis, long sentMillis, TruthOutput truth) {
    export.setNow(sentMillis);
    restartIfDue(sentMillis);
    announceIfDue(sentMillis);
    if (tickMillis >= bucketEndMillis) {
      openBucket(tickMillis, endMillis);
    }
    for (LinkMeter meter : router.meters()) {
      meter.tick(tickMillis, Simulator.TICK_MILLIS, export::export);
    }
    if (tickMillis + Simulator.TICK_MILLIS == bucketEndMillis) {
      closeBucket(bucketEndMillis, truth);
    }
    if (--ticksUntilFlush == 0) {
      ticksUntilFlush = TICKS_PER_FLUSH;
      export.flush();
    }
  }

  private void openBucket(long tickMillis, long endMillis) {
    long bucket = Math.floorDiv(tickMillis, LinkMeter.BUCKET_MILLIS);
    bucketEndMillis = Math.min(endMillis, (bucket + 1) * LinkMeter.BUCKET_MILLIS);
    for (LinkMeter meter : router.meters()) {
      meter.open(tickMillis, bucketEndMillis);
    }
  }

  private void closeBucket(long nowMillis, TruthOutput truth) {
    for (LinkMeter meter : router.meters()) {
      meter.close(nowMillis, export::export, truth);
    }
    bucketEndMillis = Long.MIN_VALUE;
  }

  private void restartIfDue(long sentMillis) {
    if (sentMillis >= restartMillis) {
      restartMillis = Long.MAX_VALUE;
      export.restart(sentMillis - times.bootMillis());
      nextTemplatesMillis = Long.MIN_VALUE;
      nextOptionsMillis = Long.MIN_VALUE;
    }
  }

  private void announceIfDue(long sentMillis) {
    if (sentMillis >= nextTemplatesMillis) {
      nextTemplatesMillis = sentMillis + times.refreshMillis();
      export.sendTemplates();
    }
    if (sentMillis >= nextOptionsMillis) {
      nextOptionsMillis = sentMillis + times.refreshMillis();
      export.sendOptions();
    }
  }

  /** Ends the simulation, be it amid a bucket, and exports all that is open. */
  void finish(long nowMillis, long sentMillis, TruthOutput truth) {
    export.setNow(sentMillis);
    if (bucketEndMillis > nowMillis) {
      closeBucket(nowMillis, truth);
    }
    for (LinkMeter meter : router.meters()) {
      meter.finish(export::export);
    }
    export.finish();
  }

  SessionCounters counters() {
    return export.counters();
  }
}
