package org.ipv6flow.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency directions drawn in docs/architecture.md. */
@AnalyzeClasses(packages = "org.ipv6flow.jobs", importOptions = DoNotIncludeTests.class)
class JobsArchitectureTest {

  @ArchTest
  static final ArchRule JOBS_KNOW_THE_COLLECTOR_BY_ITS_TOPICS_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.ipv6flow.collector..", "org.ipv6flow.simulator..")
          .because("programs meet in the contracts of the schema module");

  @ArchTest
  static final ArchRule COUNTING_IS_A_FUNCTION_OF_ITS_INPUT =
      noClasses()
          .that()
          .resideInAnyPackage("..attribution..", "..classification..", "..estimate..", "..spread..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "..clickhouse..")
          .because("what counts is tested and measured without a job");

  @ArchTest
  static final ArchRule THE_TOPOLOGY_KNOWS_NEITHER_KAFKA_NOR_THE_CONFIGURATION =
      noClasses()
          .that()
          .haveSimpleName("TrafficTopology")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "org.apache.flink.connector.kafka..", "..jobs.config..")
          .because("tests run it on lists");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLES =
      slices().matching("org.ipv6flow.jobs.(*)..").should().beFreeOfCycles();
}
