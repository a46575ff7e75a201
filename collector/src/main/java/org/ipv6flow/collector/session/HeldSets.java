package org.ipv6flow.collector.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of one observation domain that wait for their template, those of each template ID
 * oldest first.
 *
 * <p>Bounded in octets per exporter and in all, because anyone can send data without templates (RFC
 * 7011 section 11.4); a set counts as what it takes in memory, or sets of no octets would be
 * without bound. Locked: sets wait rarely.
 */
final class HeldSets {

  /** What a set takes beside its content: the set, its array, the header of its message. */
  static final int OVERHEAD_OCTETS = 128;

  private final AtomicLong exporterOctets;
  private final AtomicLong allOctets;
  private final Map<Integer, ArrayDeque<HeldSet>> sets = new HashMap<>();
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
    int octets = octets(set);
    if (exporterOctets.get() + octets > limits.maxHeldOctetsPerExporter()
        || allOctets.get() + octets > limits.maxHeldOctets()) {
      return false;
    }
    exporterOctets.addAndGet(octets);
    allOctets.addAndGet(octets);
    sets.computeIfAbsent(set.templateId(), unseen -> new ArrayDeque<>()).addLast(set);
    empty = false;
    return true;
  }

  /**
   * Takes out the sets that wait for a template ID, in the order in which they came.
   *
   * @param isReadable whether the template of a set has come: a set of one connection cannot be
   *     read by what another announced
   */
  synchronized List<HeldSet> takeFor(int templateId, Predicate<HeldSet> isReadable) {
    ArrayDeque<HeldSet> waiting = sets.get(templateId);
    if (waiting == null) {
      return List.of();
    }
    List<HeldSet> taken = new ArrayList<>(waiting.size());
    remove(waiting, isReadable, taken);
    if (waiting.isEmpty()) {
      sets.remove(templateId);
    }
    empty = sets.isEmpty();
    return taken;
  }

  /** Drops sets; returns how many. */
  synchronized int expire(Predicate<HeldSet> isExpired) {
    int expired = 0;
    for (Iterator<ArrayDeque<HeldSet>> all = sets.values().iterator(); all.hasNext(); ) {
      ArrayDeque<HeldSet> waiting = all.next();
      expired += remove(waiting, isExpired, null);
      if (waiting.isEmpty()) {
        all.remove();
      }
    }
    empty = sets.isEmpty();
    return expired;
  }

  private int remove(
      ArrayDeque<HeldSet> waiting, Predicate<HeldSet> wanted, @Nullable List<HeldSet> into) {
    int removed = 0;
    for (Iterator<HeldSet> all = waiting.iterator(); all.hasNext(); ) {
      HeldSet set = all.next();
      if (wanted.test(set)) {
        all.remove();
        exporterOctets.addAndGet(-octets(set));
        allOctets.addAndGet(-octets(set));
        removed++;
        if (into != null) {
          into.add(set);
        }
      }
    }
    return removed;
  }

  private static int octets(HeldSet set) {
    return set.content().length + OVERHEAD_OCTETS;
  }
}
