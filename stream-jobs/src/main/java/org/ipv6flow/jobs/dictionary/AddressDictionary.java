package org.ipv6flow.jobs.dictionary;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.jobs.classification.TrafficClassifier;
import org.ipv6flow.jobs.prefix.Prefix;
import org.ipv6flow.jobs.prefix.PrefixTable;
import org.ipv6flow.schema.inventory.AccessPool;
import org.ipv6flow.schema.inventory.AsRange;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Organisation;
import org.ipv6flow.schema.inventory.PrefixKind;
import org.ipv6flow.schema.inventory.PrefixSet;

/**
 * What an inventory knows of addresses. An address is looked up once ({@link #find}), then asked
 * about; answers about parties and areas are numbers of {@link Names}. Immutable; allocates nothing
 * per question.
 *
 * <p>An organisation's prefix goes before its AS number; an access pool goes before the operator's
 * allocation that it is part of.
 */
public final class AddressDictionary {

  private static final int UNKNOWN = 0;

  private final PrefixTable prefixes;
  private final AsNumbers asNumbers;

  public AddressDictionary(Inventory inventory, Names names) {
    PrefixTable.Builder table = new PrefixTable.Builder();
    TrafficClassifier.addPrefixes(inventory.prefixSets(), table);
    for (PrefixSet set : inventory.prefixSets()) {
      if (set.kind().equals(PrefixKind.OPERATOR)) {
        int area = names.areas().number(new Area(set.name(), "", "", ""));
        set.prefixes().forEach(prefix -> table.area(Prefix.parse(prefix), area));
      }
    }
    for (AccessPool pool : inventory.accessPools()) {
      int area =
          names
              .areas()
              .number(new Area(pool.operatorId(), pool.province(), pool.region(), pool.access()));
      pool.prefixes().forEach(prefix -> table.area(Prefix.parse(prefix), area));
    }
    List<AsNumbers.Range> ranges = new ArrayList<>();
    for (Organisation organisation : inventory.organisations()) {
      int party =
          names
              .parties()
              .number(new Party(organisation.id(), organisation.kind(), organisation.industry()));
      organisation.prefixes().forEach(prefix -> table.organisation(Prefix.parse(prefix), party));
      for (AsRange range : organisation.asNumbers()) {
        ranges.add(new AsNumbers.Range(range.first(), range.last(), party));
      }
    }
    prefixes = table.build();
    asNumbers = new AsNumbers(ranges);
  }

  /** Where an address is in this dictionary; ask the others about it. */
  public int find(long addressHigh, long addressLow) {
    return prefixes.find(addressHigh, addressLow);
  }

  /** Bits that traffic classes are told by. */
  public int kinds(int place) {
    return prefixes.kinds(place);
  }

  /** Number of the party behind an address of an AS. */
  public int party(int place, int asNumber) {
    int byPrefix = prefixes.organisation(place);
    return byPrefix == PrefixTable.NONE ? asNumbers.party(asNumber, UNKNOWN) : byPrefix;
  }

  /** Number of the area an address is in. */
  public int area(int place) {
    int area = prefixes.area(place);
    return area == PrefixTable.NONE ? UNKNOWN : area;
  }
}
