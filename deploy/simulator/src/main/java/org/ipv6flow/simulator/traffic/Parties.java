package org.ipv6flow.simulator.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ipv6flow.schema.inventory.AccessPool;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Organisation;

/** Who an inventory says is behind an address, and where: the longest prefix wins. */
public final class Parties {

  private static final Party NOBODY = new Party("", "", "");

  private record Party(String organisation, String kind, String industry) {}

  private record Place(String province, String region, String access) {}

  private record Known<T>(Prefix prefix, T what) {}

  /** A side of a flow, as organisation_traffic tells it. */
  public record Side(
      String organisation,
      String kind,
      String industry,
      String operator,
      String province,
      String region,
      String access) {}

  private final Inventory inventory;
  private final List<Known<Party>> parties = new ArrayList<>();
  private final List<Known<Place>> places = new ArrayList<>();

  public Parties(Inventory inventory) {
    this.inventory = inventory;
    for (Organisation organisation : inventory.organisations()) {
      for (String prefix : organisation.prefixes()) {
        parties.add(new Known<>(Prefix.parse(prefix), party(organisation)));
      }
    }
    for (AccessPool pool : inventory.accessPools()) {
      for (String prefix : pool.prefixes()) {
        places.add(
            new Known<>(
                Prefix.parse(prefix), new Place(pool.province(), pool.region(), pool.access())));
      }
    }
    parties.sort(longestFirst());
    places.sort(longestFirst());
  }

  /** The side of an address of an operator's. */
  public Side of(String operatorId, DrawnAddress address) {
    Party party =
        parties.stream()
            .filter(known -> known.prefix().contains(address))
            .map(Known::what)
            .findFirst()
            .orElseGet(() -> byAsNumber(address.asNumber()));
    Place place =
        places.stream()
            .filter(known -> known.prefix().contains(address))
            .map(Known::what)
            .findFirst()
            .orElse(new Place("", "", ""));
    return new Side(
        party.organisation(),
        party.kind(),
        party.industry(),
        operatorId,
        place.province(),
        place.region(),
        place.access());
  }

  private Party byAsNumber(long asNumber) {
    return inventory.organisations().stream()
        .filter(
            organisation ->
                organisation.asNumbers().stream()
                    .anyMatch(range -> range.first() <= asNumber && asNumber <= range.last()))
        .map(Parties::party)
        .findFirst()
        .orElse(NOBODY);
  }

  private static Party party(Organisation organisation) {
    return new Party(organisation.id(), organisation.kind(), organisation.industry());
  }

  private static <T> Comparator<Known<T>> longestFirst() {
    return Comparator.comparingInt((Known<T> known) -> known.prefix().length()).reversed();
  }
}
