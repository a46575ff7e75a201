package org.ipv6flow.jobs.network;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PublishedInventory;

/**
 * The inventories that hold, by when they take effect; of two that do at once, the later published.
 * Not thread-safe.
 */
public final class InventoryVersions {

  /** More than anybody needs for records that are days late; bounds the state. */
  static final int MAX_VERSIONS = 64;

  private final TreeMap<Instant, PublishedInventory> versions = new TreeMap<>();

  /** Takes an inventory over, unless a later one with the same effect is known. */
  public boolean offer(PublishedInventory published) {
    Instant from = published.inventory().effectiveFrom();
    PublishedInventory known = versions.get(from);
    if (known != null && known.publishedMillis() >= published.publishedMillis()) {
      return false;
    }
    versions.put(from, published);
    if (versions.size() > MAX_VERSIONS) {
      versions.pollFirstEntry();
    }
    return true;
  }

  public Collection<PublishedInventory> all() {
    return versions.values();
  }

  /** What holds now, compiled on demand. */
  public NetworkHistory history(Names names) {
    List<Inventory> inventories = new ArrayList<>();
    versions.values().forEach(published -> inventories.add(published.inventory()));
    return new NetworkHistory(inventories, names);
  }
}
