package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * Addresses that an operator gives to subscribers of one province and one kind of access.
 *
 * @param province as nodes name it in English; empty if the pool serves several
 * @param region {@code east}, {@code central}, {@code west} or {@code northeast}; empty if unknown
 * @param access {@code fixed}, {@code lte}, {@code 5g}, {@code mobile} (LTE or 5G), {@code
 *     dedicated} (lines of enterprises); empty if unknown
 * @param source who says so
 * @param asOf the day of the source
 * @param prefixes {@code address/length}, without host bits
 */
public record AccessPool(
    String id,
    String operatorId,
    String province,
    String region,
    String access,
    String source,
    LocalDate asOf,
    List<String> prefixes)
    implements Serializable {

  public AccessPool {
    prefixes = List.copyOf(prefixes);
  }
}
