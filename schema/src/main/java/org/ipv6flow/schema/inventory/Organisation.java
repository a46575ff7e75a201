package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * Who is behind addresses: a data centre, a content network, a cloud, an application, an
 * enterprise.
 *
 * @param kind {@code idc}, {@code cdn}, {@code cloud}, {@code application} or {@code enterprise}
 * @param industry such as {@code video} or {@code government}; empty if it does not matter
 * @param source who says so
 * @param asOf the day of the source
 * @param asNumbers AS numbers that are the organisation's alone
 * @param prefixes {@code address/length}, without host bits; they go before AS numbers
 */
public record Organisation(
    String id,
    String kind,
    String nameEn,
    String nameZh,
    String industry,
    String source,
    LocalDate asOf,
    List<AsRange> asNumbers,
    List<String> prefixes)
    implements Serializable {

  public Organisation {
    asNumbers = List.copyOf(asNumbers);
    prefixes = List.copyOf(prefixes);
  }
}
