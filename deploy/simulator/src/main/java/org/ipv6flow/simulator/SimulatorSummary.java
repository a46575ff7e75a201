package org.ipv6flow.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was sent, and what really was carried.
 *
 * @param recordsSent data records of flows handed to the network, lost ones included
 * @param octetsObservedSent Σ IE 1 of these records
 * @param octetsScaledSent Σ N · IE 1: what a right collector estimates when nothing is lost
 * @param recordsLost of these, lost on purpose by the simulated network
 * @param octetsScaledLost Σ N · IE 1 of the records lost on purpose
 * @param cpuSeconds of the simulating thread
 */
public record SimulatorSummary(
    @JsonProperty("records_sent") long recordsSent,
    @JsonProperty("options_records_sent") long optionsRecordsSent,
    @JsonProperty("messages_sent") long messagesSent,
    @JsonProperty("octets_truth") long octetsTruth,
    @JsonProperty("octets_truth_v4") long octetsTruthV4,
    @JsonProperty("octets_truth_v6") long octetsTruthV6,
    @JsonProperty("octets_truth_native_v6") long octetsTruthNativeV6,
    @JsonProperty("octets_observed_sent") long octetsObservedSent,
    @JsonProperty("octets_scaled_sent") long octetsScaledSent,
    @JsonProperty("records_lost") long recordsLost,
    @JsonProperty("messages_lost") long messagesLost,
    @JsonProperty("octets_scaled_lost") long octetsScaledLost,
    @JsonProperty("messages_duplicated") long messagesDuplicated,
    @JsonProperty("messages_reordered") long messagesReordered,
    @JsonProperty("started_epoch_millis") long startedEpochMillis,
    @JsonProperty("ended_epoch_millis") long endedEpochMillis,
    @JsonProperty("cpu_seconds") double cpuSeconds) {}
