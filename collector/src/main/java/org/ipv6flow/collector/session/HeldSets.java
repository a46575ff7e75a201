package org.ipv6flow.collector.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The data sets of one observation domain that wait for their template, oldest first.
 *
 * <p>Bounded in octets per exporter and in all, because anyone can send data without templates (RFC
 * 7011 section 11.4). Locked: sets wait rarely.
 */
final class HeldSets {

  private final AtomicLong exporterOctets;
  private final AtomicLong allOctets;
  private final ArrayDeque<HeldSet> sets = new ArrayDeque<>();
  private volatile boolean empty = true;

  /**
   * Creates an empty queue.
   *
   * @param exporterOctets octets held for all domains of the exporter
   * @param allOctets octets held for all exporters
   */
  HeldSets(AtomicLong exporterOctets, AtomicLong allOctets) {
    this.exporterOctets = exporterOctets;
    this.allOctets = allOctets;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Keeps a set unless that would exceed a limit. */
  synchronized boolean offer(HeldSet set, DecoderLimits limits) {
    int octets = set.content().length;
    if (exporterOctets.get() + octets > limits.maxHeldOctetsPerExporter()
        || allOctets.get() + octets > limits.maxHeldOctets()) {
      return false;
    }
    exporterOctets.addAndGet(octets);
    allOctets.addAndGet(octets);
    sets.addLast(set);
    empty = false;
    return true;
  }

  /** Takes out the sets that wait for a template ID, in the order in which they came. */
  synchronized List<HeldSet> takeFor(int templateId) {
    List<HeldSet> taken = new ArrayList<>();
    for (Iterator<HeldSet> all = sets.iterator(); all.hasNext(); ) {
      HeldSet set = all.next();
      if (set.templateId() == templateId) {
        all.remove();
        release(set);
        taken.add(set);
      }
    }
    return taken;
  }

  /** Drops sets; returns how many. */
  synchronized int expire(Predicate<HeldSet> isExpired) {
    int expired = 0;
    for (Iterator<HeldSet> all = sets.iterator(); all.hasNext(); ) {
      HeldSet set = all.next();
      if (isExpired.test(set)) {
        all.remove();
        release(set);
        expired++;
      }
    }
    return expired;
  }

  private void release(HeldSet set) {
    exporterOctets.addAndGet(-set.content().length);
    allOctets.addAndGet(-set.content().length);
    empty = sets.isEmpty();
  }
}
