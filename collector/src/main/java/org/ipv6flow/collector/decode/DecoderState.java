package org.ipv6flow.collector.decode;

import java.io.IOException;
import java.nio.file.Path;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.sender.SenderPolicy;
import org.ipv6flow.collector.sender.SenderStore;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.session.SequenceFile;
import org.ipv6flow.collector.session.SessionStore;
import org.ipv6flow.collector.session.StateFile;

/** State of exporters shared by the decoders of all event loops; thread-safe. */
public final class DecoderState {

  private final DecoderLimits limits;
  private final SamplingOverrides samplingOverrides;
  private final SessionStore sessions;
  private final SenderStore senders;

  public DecoderState(DecoderLimits limits) {
    this(limits, SamplingOverrides.NONE);
  }

  public DecoderState(DecoderLimits limits, SamplingOverrides samplingOverrides) {
    this(limits, samplingOverrides, SenderPolicy.open());
  }

  /** State that lets in only what a policy allows. */
  public DecoderState(
      DecoderLimits limits, SamplingOverrides samplingOverrides, SenderPolicy senderPolicy) {
    this.limits = limits;
    senders = new SenderStore(senderPolicy);
    this.samplingOverrides = samplingOverrides;
    this.sessions = new SessionStore(limits);
  }

  public DecoderLimits limits() {
    return limits;
  }

  /**
   * Reads what {@link #save} wrote; to be called before anything is decoded.
   *
   * @return the number of templates read
   * @throws IOException if the file cannot be read or is damaged; the message is for people, and
   *     the collector can start without the file
   */
  public int load(Path file, long nowMillis) throws IOException {
    return new StateFile(file).load(sessions, nowMillis);
  }

  /** Writes templates and sampling intervals to a file, atomically; any thread may call it. */
  public void save(Path file) throws IOException {
    new StateFile(file).save(sessions);
  }

  /** Changes of what {@link #save} writes so far; for knowing when to save it. */
  public long changes() {
    return sessions.changes();
  }

  /**
   * Keeps sequence numbers in a file from now on, and goes on with those it holds; to be called
   * before anything is decoded.
   *
   * @return the number of sequences that go on
   */
  public int keepSequences(SequenceFile file, long nowMillis) {
    return sessions.keepSequences(file, nowMillis);
  }

  /** The sessions; for what outlives a run of the collector. */
  public SessionStore sessions() {
    return sessions;
  }

  SenderStore senders() {
    return senders;
  }

  SamplingOverrides samplingOverrides() {
    return samplingOverrides;
  }
}
