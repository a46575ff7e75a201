package org.ipv6flow.collector;

import java.io.IOException;
import java.time.Duration;
import org.ipv6flow.collector.kafka.PublishedFlows;
import org.ipv6flow.collector.session.SessionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what an earlier run of the collector had received and not published when it ended, by
 * what is in Kafka: a collector that is killed loses what is in its memory, and that is loss as
 * well as what was sent while it was down.
 */
final class UnpublishedMessages {

  private static final Logger LOG = LoggerFactory.getLogger(UnpublishedMessages.class);

  /** How far back to look; further only if nothing is found of an exporter that was heard. */
  private static final Duration[] WINDOWS = {Duration.ofSeconds(10), Duration.ofMinutes(1)};

  /** The start must not wait for long: meanwhile nothing is received. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SessionStore sessions;
  private final PublishedFlows published;

  UnpublishedMessages(SessionStore sessions, PublishedFlows published) {
    this.sessions = sessions;
    this.published = published;
  }

  /** Makes the sequences of an earlier run go on where it had published to. */
  void countAsLost() {
    long lastMillis = sessions.lastReceivedMillis();
    if (lastMillis == 0) {
      return;
    }
    try {
      for (Duration window : WINDOWS) {
        long sinceMillis = lastMillis - window.toMillis();
        sessions.beginPublished();
        if (!published.read(sinceMillis, TIMEOUT, sessions::published)) {
          LOG.warn("What the last run received and did not publish is known in part only");
          break;
        }
        if (!sessions.lacksPublished(lastMillis - WINDOWS[0].toMillis())) {
          break;
        }
      }
    } catch (IOException e) {
      LOG.warn("What the last run received and did not publish is not known: {}", e.getMessage());
    }
    sessions.endPublished();
  }
}
