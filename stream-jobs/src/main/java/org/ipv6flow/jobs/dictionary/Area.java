package org.ipv6flow.jobs.dictionary;

/**
 * Where an address is, in networks and on the map, as rows name it; what is not known is empty.
 *
 * @param operator whose address it is
 * @param access such as {@code fixed} or {@code 5g}
 */
public record Area(String operator, String province, String region, String access) {

  /** Nowhere that the inventory knows. */
  public static final Area UNKNOWN = new Area("", "", "", "");
}
