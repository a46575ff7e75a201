package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipv6flow.collector.message.ExportMessage;
import org.jspecify.annotations.Nullable;

/**
 * The UDP source ports of one observation domain, each with a sequence of its own, and the account
 * of what they decode; thread-safe.
 */
final class DomainPorts {

  /** Beyond these the longest silent one makes room. */
  private static final int MAX_PORTS = 32;

  private final ObservationDomain domain;
  private final SessionStore store;
  private volatile @Nullable DeliveryAccount account;
  private volatile PortSession[] ports = new PortSession[0];

  DomainPorts(ObservationDomain domain, SessionStore store) {
    this.domain = domain;
    this.store = store;
  }

  /** Begins to keep sequence numbers in the store's file, if it has one. */
  void keepSequences() {
    DeliveryLedger ledger = store.ledger();
    if (ledger != null && account == null) {
      account = ledger.open(domain);
    }
  }

  PortSession port(ExportMessage message) {
    for (PortSession port : ports) {
      if (port.sourcePort() == message.sourcePort) {
        return port;
      }
    }
    return add(message.sourcePort);
  }

  PortSession[] all() {
    return ports;
  }

  /** Takes over a port of an earlier run. */
  synchronized void restore(Slot slot, PortState state) {
    PortSession[] grown = Arrays.copyOf(ports, ports.length + 1);
    grown[ports.length] = PortSession.restore(slot, state, account);
    ports = grown;
  }

  private synchronized PortSession add(int sourcePort) {
    for (PortSession port : ports) {
      if (port.sourcePort() == sourcePort) {
        return port;
      }
    }
    PortSession added =
        new PortSession(sourcePort, domain.protocolVersion(), newSlot(sourcePort), account);
    PortSession[] all = ports;
    if (all.length < MAX_PORTS) {
      PortSession[] grown = Arrays.copyOf(all, all.length + 1);
      grown[all.length] = added;
      ports = grown;
      return added;
    }
    PortSession[] changed = all.clone();
    int silent = 0;
    for (int i = 1; i < changed.length; i++) {
      if (changed[i].lastMillis() < changed[silent].lastMillis()) {
        silent = i;
      }
    }
    retire(changed[silent]);
    changed[silent] = added;
    ports = changed;
    return added;
  }

  private @Nullable Slot newSlot(int sourcePort) {
    SequenceFile sequences = store.sequences();
    // A connection does not outlive the process.
    return sequences == null || account == null || ExportMessage.isConnection(sourcePort)
        ? null
        : sequences.allocatePort(domain, sourcePort);
  }

  void remove(PortSession removed, DomainSession counters) {
    removed.closeGaps(Long.MAX_VALUE, counters);
    synchronized (this) {
      List<PortSession> kept = new ArrayList<>(List.of(ports));
      if (kept.remove(removed)) {
        ports = kept.toArray(new PortSession[0]);
        retire(removed);
      }
    }
  }

  /** Gives the slot of a port back, and keeps what was counted on it. */
  private void retire(PortSession port) {
    SequenceFile sequences = store.sequences();
    Slot unused = port.slot();
    if (sequences != null && unused != null) {
      port.retire();
      sequences.release(unused);
    }
  }

  void closeGaps(long openedBeforeMillis, DomainSession counters) {
    for (PortSession port : ports) {
      port.closeGaps(openedBeforeMillis, counters);
    }
  }
}
