package org.ipv6flow.jobs.attribution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Link;

/**
 * Numbers for the links of an inventory, in its order.
 *
 * <p>The numbers travel from operator to operator of one running job and nowhere else: no state and
 * no row holds them, so they may differ after a restart. Immutable.
 */
public final class LinkTable {

  private final List<String> ids;

  public LinkTable(Inventory inventory) {
    ids = inventory.links().stream().map(Link::id).toList();
  }

  public int size() {
    return ids.size();
  }

  public String id(int index) {
    return ids.get(index);
  }

  Map<String, Integer> indexes() {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      indexes.put(ids.get(i), i);
    }
    return indexes;
  }
}
