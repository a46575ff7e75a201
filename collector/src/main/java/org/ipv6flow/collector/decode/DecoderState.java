package org.ipv6flow.collector.decode;

import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.SessionStore;

/** State of exporters shared by the decoders of all event loops; thread-safe. */
public final class DecoderState {

  private final DecoderLimits limits;
  private final SamplingOverrides samplingOverrides;
  private final SessionStore sessions;

  public DecoderState(DecoderLimits limits) {
    this(limits, SamplingOverrides.NONE);
  }

  public DecoderState(DecoderLimits limits, SamplingOverrides samplingOverrides) {
    this.limits = limits;
    this.samplingOverrides = samplingOverrides;
    this.sessions = new SessionStore(limits);
  }

  public DecoderLimits limits() {
    return limits;
  }

  SamplingOverrides samplingOverrides() {
    return samplingOverrides;
  }

  SessionStore sessions() {
    return sessions;
  }
}
