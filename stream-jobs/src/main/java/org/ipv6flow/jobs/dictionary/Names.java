package org.ipv6flow.jobs.dictionary;

/**
 * The numbers that stand for names in the sums of one operator instance. Number 0 is "unknown" of
 * parties and areas.
 */
public final class Names {

  private final Numbering<String> links = new Numbering<>();
  private final Numbering<Party> parties = new Numbering<>();
  private final Numbering<Area> areas = new Numbering<>();

  public Names() {
    parties.number(Party.UNKNOWN);
    areas.number(Area.UNKNOWN);
  }

  /** Identifiers of links. */
  public Numbering<String> links() {
    return links;
  }

  public Numbering<Party> parties() {
    return parties;
  }

  public Numbering<Area> areas() {
    return areas;
  }
}
