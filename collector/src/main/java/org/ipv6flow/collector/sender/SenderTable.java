package org.ipv6flow.collector.sender;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The senders of one event loop, found by address without allocation.
 *
 * <p>Open addressing with linear probing; entries are never removed, and bounded. Changed by the
 * loop's thread only; {@link #all} may be called by any.
 */
public final class SenderTable {

  private static final int MIN_SLOTS = 64;

  /** Senders that may not send and are counted one by one. */
  private static final int MAX_REFUSED = 1_024;

  private final SenderStore store;
  private final ConcurrentLinkedQueue<Sender> all = new ConcurrentLinkedQueue<>();
  private @Nullable Sender[] slots = new @Nullable Sender[MIN_SLOTS];
  private int size;
  private int refused;
  private @Nullable Sender last;

  public SenderTable(SenderStore store) {
    this.store = store;
  }

  /** Whether the policy restricts anyone: else there is no need to look. */
  public boolean isNeeded() {
    return store.policy().limits();
  }

  /** Whether an address may send at all. */
  public boolean allows(long high, long low) {
    return store.allows(high, low);
  }

  /** The sender; null if there are so many that no more are kept. */
  public @Nullable Sender find(long high, long low) {
    Sender previous = last;
    if (previous != null && previous.low() == low && previous.high() == high) {
      return previous;
    }
    int mask = slots.length - 1;
    int slot = hash(high, low) & mask;
    while (true) {
      Sender candidate = slots[slot];
      if (candidate == null) {
        return add(high, low, slot);
      }
      if (candidate.low() == low && candidate.high() == high) {
        last = candidate;
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** All senders kept; may be called from any thread. */
  public List<Sender> all() {
    return List.copyOf(all);
  }

  private @Nullable Sender add(long high, long low, int slot) {
    boolean allowed = allows(high, low);
    SenderLimits limits = allowed ? store.limits(high, low) : null;
    if (allowed ? limits == null : refused >= MAX_REFUSED) {
      return null;
    }
    Sender added = new Sender(high, low, store.policy(), limits);
    refused += allowed ? 0 : 1;
    slots[slot] = added;
    all.add(added);
    size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    last = added;
    return added;
  }

  private void rehash() {
    @Nullable Sender[] larger = new @Nullable Sender[slots.length * 2];
    int mask = larger.length - 1;
    for (Sender sender : all) {
      int slot = hash(sender.high(), sender.low()) & mask;
      while (larger[slot] != null) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = sender;
    }
    slots = larger;
  }

  private static int hash(long high, long low) {
    long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> 32);
  }
}
