package org.ipv6flow.jobs.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.dictionary.AddressDictionary;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.schema.inventory.Inventory;

/**
 * The networks that took effect one after the other. Before the first, the first holds: what it
 * says is the best that is known. Networks are compiled when they are asked for. Not thread-safe.
 */
public final class NetworkHistory {

  private final List<Inventory> inventories;
  private final Names names;
  private final Network[] compiled;

  /**
   * @param inventories at least one, no two of which take effect at once
   * @param names shared with histories before this one, so that numbers keep their meaning
   */
  public NetworkHistory(Collection<Inventory> inventories, Names names) {
    if (inventories.isEmpty()) {
      throw new IllegalArgumentException("no inventory");
    }
    this.inventories = new ArrayList<>(inventories);
    this.inventories.sort(Comparator.comparing(Inventory::effectiveFrom));
    this.names = names;
    compiled = new Network[inventories.size()];
  }

  /** The network that holds at a time. */
  public Network at(long epochMillis) {
    int i = inventories.size() - 1;
    while (i > 0 && inventories.get(i).effectiveFrom().toEpochMilli() > epochMillis) {
      i--;
    }
    Network known = compiled[i];
    if (known == null) {
      known = compile(i);
      compiled[i] = known;
    }
    return known;
  }

  private Network compile(int i) {
    Inventory inventory = inventories.get(i);
    return new Network(
        new Attribution(inventory, names.links()::number),
        new AddressDictionary(inventory, names),
        i == 0 ? Long.MIN_VALUE : inventory.effectiveFrom().toEpochMilli(),
        i == inventories.size() - 1
            ? Long.MAX_VALUE
            : inventories.get(i + 1).effectiveFrom().toEpochMilli());
  }
}
