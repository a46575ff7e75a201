package org.ipv6flow.collector.sender;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All senders that event loops share something about; bounded. */
public final class SenderStore {

  /** Senders with state. Beyond, they are let through or not, but not limited. */
  static final int MAX_SENDERS = 65_536;

  private record Key(long high, long low) {}

  private final SenderPolicy policy;
  private final ConcurrentHashMap<Key, SenderLimits> senders = new ConcurrentHashMap<>();

  /** Single addresses that may send, beside the prefixes that hold more: there may be many. */
  private final Set<AddressPrefix> addresses;

  private final List<AddressPrefix> prefixes;

  public SenderStore(SenderPolicy policy) {
    this.policy = policy;
    List<AddressPrefix> allowed = policy.allowed() == null ? List.of() : policy.allowed();
    addresses = new HashSet<>(allowed);
    prefixes = allowed.stream().filter(prefix -> !prefix.isAddress()).toList();
  }

  /** Whether an address may send at all. */
  boolean allows(long high, long low) {
    if (policy.allowed() == null || addresses.contains(AddressPrefix.of(high, low))) {
      return true;
    }
    for (AddressPrefix prefix : prefixes) {
      if (prefix.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  public SenderPolicy policy() {
    return policy;
  }

  @Nullable SenderLimits limits(long high, long low) {
    Key key = new Key(high, low);
    SenderLimits known = senders.get(key);
    if (known != null || senders.size() >= MAX_SENDERS) {
      return known;
    }
    return senders.computeIfAbsent(key, added -> new SenderLimits());
  }
}
