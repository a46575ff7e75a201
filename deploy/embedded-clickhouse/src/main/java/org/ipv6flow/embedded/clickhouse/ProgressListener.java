package org.ipv6flow.embedded.clickhouse;

/** Hears how far the installation of the engine library is, about once a second. */
@FunctionalInterface
public interface ProgressListener {

  /** For callers that do not show progress. */
  ProgressListener SILENT = (message, percent) -> {};

  /**
   * @param message what is being done, one line
   * @param percent 0 to 100, an estimate by size
   */
  void onProgress(String message, int percent);
}
