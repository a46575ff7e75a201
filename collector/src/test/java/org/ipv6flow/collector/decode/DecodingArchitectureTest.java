package org.ipv6flow.collector.decode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Decoding is a function of octets: it knows no sockets, no Kafka, no configuration. */
@AnalyzeClasses(
    packages = "org.ipv6flow.collector",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DecodingArchitectureTest {

  private static final String[] DECODING = {
    "..collector.message..",
    "..collector.element..",
    "..collector.template..",
    "..collector.session..",
    "..collector.sampling..",
    "..collector.record..",
    "..collector.ipfix..",
    "..collector.netflow5..",
    "..collector.netflow9..",
    "..collector.packet..",
    "..collector.capture..",
    "..collector.decode.."
  };

  @ArchTest
  static final ArchRule DECODING_KNOWS_NO_SURROUNDINGS =
      noClasses()
          .that()
          .resideInAnyPackage(DECODING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..collector.transport..",
              "..collector.kafka..",
              "..collector.metrics..",
              "..collector.admin..",
              "..collector.config..",
              "..collector.status..",
              "io.netty.channel..",
              "org.apache.kafka..");

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_IN_ONE_DIRECTION =
      slices().matching("org.ipv6flow.collector.(*)..").should().beFreeOfCycles();
}
