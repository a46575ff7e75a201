package org.ipv6flow.jobs.dictionary;

/**
 * The organisation behind an address, as rows name it.
 *
 * @param kind such as {@code cdn}; empty if nobody is known
 * @param industry empty if not known
 */
public record Party(String id, String kind, String industry) {

  /** Nobody that the inventory knows. */
  public static final Party UNKNOWN = new Party("", "", "");
}
