package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A router that exports flows.
 *
 * @param address literal address its messages come from
 * @param vendorStyle whose habits it has; only the simulator acts on it
 * @param protocol {@code netflow9} or {@code ipfix}
 * @param samplingInterval N of 1 in N as configured, 0 when not known; what the exporter announces
 *     is what counts
 * @param samplingSignalling how the exporter announces it; only the simulator acts on it
 * @param samplingOverride what the operator states about its sampling; null normally
 */
public record Exporter(
    String id,
    String nodeId,
    String operatorId,
    String address,
    String vendorStyle,
    String protocol,
    long observationDomainBase,
    long samplingInterval,
    String samplingAlgorithm,
    String samplingSignalling,
    int activeTimeoutSeconds,
    int idleTimeoutSeconds,
    int interfaceIndexOctets,
    List<ExporterInterface> interfaces,
    @Nullable SamplingOverride samplingOverride)
    implements Serializable {}
