package org.ipv6flow.jobs.aggregate;

/** Which sums a delta belongs to. */
public enum DeltaKind {
  /** Traffic of a link direction; keys are {@link LinkTrafficKey}. */
  LINK_TRAFFIC(1),
  /** Traffic that belongs to no link direction; keys are {@link UnattributedKey}. */
  UNATTRIBUTED(4);

  private final int keyWords;

  DeltaKind(int keyWords) {
    this.keyWords = keyWords;
  }

  /** How many of a delta's key words are in use. The last one is never 0. */
  int keyWords() {
    return keyWords;
  }
}
