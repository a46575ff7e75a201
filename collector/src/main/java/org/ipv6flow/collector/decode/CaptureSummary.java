package org.ipv6flow.collector.decode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What a capture holds, as counted from its first datagram to its last.
 *
 * @param file the file's name as given
 *     <p>What is said of records is said by their elements alone, as any decoder of the two
 *     protocols with templates would say it; so NetFlow v5, and what was found inside sampled
 *     frames, stand apart.
 * @param exportPackets NetFlow v9 packets and IPFIX messages
 * @param templates template records, repeated ones too
 * @param dataRecords data records of flow templates as on the wire: a biflow counts once
 * @param dataSetsWithoutTemplate data sets whose template was not known when they came, and that
 *     were not decoded later
 * @param noIp flow records whose elements tell no IP version
 * @param frames what was inside the sampled frames of such records (IE 104, 313, 315)
 * @param netflow5 NetFlow v5 packets and their records
 * @param dropped by {@link org.ipv6flow.collector.message.DropReason#label}
 */
@JsonPropertyOrder({
  "file",
  "export_packets",
  "templates",
  "options_templates",
  "data_records",
  "options_records",
  "data_sets_without_template",
  "ipv4",
  "ipv6",
  "no_ip",
  "frames",
  "netflow5",
  "sampling",
  "dropped"
})
public record CaptureSummary(
    @JsonProperty("file") String file,
    @JsonProperty("export_packets") long exportPackets,
    @JsonProperty("templates") long templates,
    @JsonProperty("options_templates") long optionsTemplates,
    @JsonProperty("data_records") long dataRecords,
    @JsonProperty("options_records") long optionsRecords,
    @JsonProperty("data_sets_without_template") long dataSetsWithoutTemplate,
    @JsonProperty("ipv4") FamilyCounts ipv4,
    @JsonProperty("ipv6") FamilyCounts ipv6,
    @JsonProperty("no_ip") FamilyCounts noIp,
    @JsonProperty("frames") FrameCounts frames,
    @JsonProperty("netflow5") Netflow5Counts netflow5,
    @JsonProperty("sampling") List<AnnouncedSampling> sampling,
    @JsonProperty("dropped") Map<String, Long> dropped) {

  /**
   * Flow records of one IP version, with the sums of IE 1 and IE 2 as observed.
   *
   * @param scaledOctets octets times the sampling interval of each record that has one
   * @param samplingKnownRecords records that have one
   */
  public record FamilyCounts(
      @JsonProperty("records") long records,
      @JsonProperty("octetDeltaCount") long octets,
      @JsonProperty("packetDeltaCount") long packets,
      @JsonIgnore double scaledOctets,
      @JsonIgnore long samplingKnownRecords) {}

  /** Sampled frames, with the octets of the packets in them from the IP header on. */
  public record FrameCounts(
      @JsonProperty("ipv4") FamilyCounts ipv4,
      @JsonProperty("ipv6") FamilyCounts ipv6,
      @JsonProperty("no_ip") FamilyCounts noIp) {}

  /** NetFlow v5, which knows IPv4 only. */
  public record Netflow5Counts(
      @JsonProperty("export_packets") long exportPackets,
      @JsonProperty("records") long records,
      @JsonProperty("octets") long octets,
      @JsonProperty("packets") long packets) {}

  /**
   * A sampling interval that an exporter announced.
   *
   * @param exporter its address
   * @param domain observation domain; source ID in NetFlow v9
   * @param scope what the interval applies to, in words
   * @param interval the N of "1 in N"
   * @param provenance the kind of scope; "record" if the data records state it themselves
   */
  public record AnnouncedSampling(
      @JsonProperty("exporter") String exporter,
      @JsonProperty("domain") long domain,
      @JsonProperty("scope") String scope,
      @JsonProperty("interval") Number interval,
      @JsonProperty("provenance") String provenance) {}
}
