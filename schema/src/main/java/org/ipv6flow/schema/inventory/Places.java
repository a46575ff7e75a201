package org.ipv6flow.schema.inventory;

import java.util.IdentityHashMap;
import java.util.Map;

/** Where each part of an inventory was read, as {@code file:line}. */
final class Places {

  private final Map<Object, String> places = new IdentityHashMap<>();

  void put(Object part, String place) {
    places.put(part, place);
  }

  String of(Object part) {
    return places.getOrDefault(part, "inventory");
  }
}
