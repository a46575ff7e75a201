package org.ipv6flow.collector.sampling;

import org.ipv6flow.schema.flow.SamplingProvenance;

/**
 * What an announced sampling interval applies to.
 *
 * @param provenance which kind of thing: {@link SamplingProvenance#SAMPLER} and what follows it
 * @param id the sampler, template, interface or line card; 0 for the system
 * @param direction of an interface: 0 both, 1 ingress, 2 egress
 * @param ipVersion 4 or 6 where it applies to one of them only, else 0
 */
public record SamplingScope(SamplingProvenance provenance, long id, int direction, int ipVersion) {

  static final int BOTH = 0;
  static final int INGRESS = 1;
  static final int EGRESS = 2;

  /** For people: "sampler 1", "interface 5 ingress", "system IPv6". */
  public String text() {
    String thing =
        switch (provenance) {
          case SAMPLER -> "sampler " + id;
          case TEMPLATE -> "template " + id;
          case INTERFACE ->
              "interface "
                  + id
                  + (direction == INGRESS ? " ingress" : direction == EGRESS ? " egress" : "");
          case LINE_CARD -> "line card " + id;
          case RECORD -> "record";
          case INVENTORY -> "inventory";
          case SYSTEM -> "system";
          case UNKNOWN -> "unknown";
        };
    return ipVersion == 0 ? thing : thing + " IPv" + ipVersion;
  }
}
