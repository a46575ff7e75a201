package org.ipv6flow.collector.session;

import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Watches one exporter for interfaces where one IP version has a sampling interval and the other
 * has none, so that the share of IPv6 would be wrong without any other sign.
 *
 * <p>Per exporter, because Junos sends each IP version in a domain of its own. Watches only from
 * the first record without an interval on; a healthy exporter costs nothing. Locked: event loops
 * share an exporter.
 */
public final class FamilySampling {

  /** More interfaces than a router has; beyond it new ones are not watched. */
  private static final int MAX_INTERFACES = 4_096;

  private static final int SLOTS = 2 * MAX_INTERFACES;

  /** More slots than any interface of a real router has to pass over, with half of them free. */
  private static final int MAX_PROBES = 64;

  private static final int EGRESS_DIRECTION = 2;

  private static final int IPV4_KNOWN = 1;
  private static final int IPV4_UNKNOWN = 2;
  private static final int IPV6_KNOWN = 4;
  private static final int IPV6_UNKNOWN = 8;
  private static final int ALARMED = 16;
  private static final int USED = 32;

  private volatile boolean watching;
  private int[] interfaces = new int[0];
  private byte[] states = new byte[0];
  private int size;
  private int lastAlarm;

  /** Whether a record without a sampling interval has been seen. */
  public boolean isWatching() {
    return watching;
  }

  /**
   * Takes note of the rows {@code row} to {@code row + count}.
   *
   * @return how many interfaces are found with an interval for one IP version only, that were not
   *     before
   */
  public synchronized int note(FlowColumns columns, int row, int count) {
    if (!watching) {
      watching = true;
      interfaces = new int[SLOTS];
      states = new byte[SLOTS];
    }
    int alarms = 0;
    int lastInterface = 0;
    int lastSeen = 0;
    for (int at = row; at < row + count; at++) {
      boolean known = columns.samplingIndex[at] != 0;
      int version = columns.ipVersion[at];
      int seen =
          version == 6
              ? (known ? IPV6_KNOWN : IPV6_UNKNOWN)
              : version == 4 ? (known ? IPV4_KNOWN : IPV4_UNKNOWN) : 0;
      int interfaceIndex =
          columns.direction[at] == EGRESS_DIRECTION
              ? columns.egressInterface[at]
              : columns.ingressInterface[at];
      if (seen != 0 && (seen != lastSeen || interfaceIndex != lastInterface)) {
        alarms += note(interfaceIndex, seen);
        lastSeen = seen;
        lastInterface = interfaceIndex;
      }
    }
    return alarms;
  }

  /** The interface of the last alarm. */
  public synchronized int lastAlarm() {
    return lastAlarm;
  }

  private int note(int interfaceIndex, int seen) {
    int slot = slot(interfaceIndex);
    if (slot < 0) {
      return 0;
    }
    int state = states[slot] | seen;
    // An interval that became known makes up for the time when it was not.
    if (seen == IPV4_KNOWN) {
      state &= ~IPV4_UNKNOWN;
    } else if (seen == IPV6_KNOWN) {
      state &= ~IPV6_UNKNOWN;
    }
    boolean oneFamily =
        has(state, IPV4_KNOWN | IPV6_UNKNOWN, IPV6_KNOWN)
            || has(state, IPV6_KNOWN | IPV4_UNKNOWN, IPV4_KNOWN);
    boolean raised = oneFamily && (state & ALARMED) == 0;
    states[slot] = (byte) (oneFamily ? state | ALARMED : state & ~ALARMED);
    if (raised) {
      lastAlarm = interfaceIndex;
    }
    return raised ? 1 : 0;
  }

  private static boolean has(int state, int all, int none) {
    return (state & all) == all && (state & none) == 0;
  }

  /** The interface's slot, taken if it is new; -1 if there is no more room. */
  private int slot(int interfaceIndex) {
    int slot = (interfaceIndex * 0x9E37_79B9 >>> 16) & (SLOTS - 1);
    for (int probes = 0; probes < MAX_PROBES; probes++) {
      if ((states[slot] & USED) == 0) {
        return take(slot, interfaceIndex);
      }
      if (interfaces[slot] == interfaceIndex) {
        return slot;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return -1;
  }

  private int take(int slot, int interfaceIndex) {
    if (size == MAX_INTERFACES) {
      return -1;
    }
    size++;
    interfaces[slot] = interfaceIndex;
    states[slot] = USED;
    return slot;
  }
}
