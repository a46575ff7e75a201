package org.ipv6flow.benchmarks.template;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.collector.ipfix.IpfixTemplates;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.record.RecordPlan;
import org.ipv6flow.collector.record.RecordPlanCompiler;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.collector.template.TemplateListener;
import org.ipv6flow.collector.testing.ExporterStyles;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the octets of a template set to a plan, for a template of 25 fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TemplateBenchmark implements TemplateListener {

  private static final int MESSAGE_AND_SET_HEADER_OCTETS = 20;

  private final byte[] message = ExporterStyles.ipv6Template(1);
  private final IpfixTemplates templates = new IpfixTemplates(1_024);
  private Template read = new Template(10, 256, Template.Kind.FLOW, 0, List.of());

  /** Proves that the plan is of the template that was sent. */
  @Setup
  public void setUp() {
    RecordPlan plan = readAndCompile();
    if (!plan.template().fields().equals(List.of(ExporterStyles.ipv6Fields()))
        || plan.recordOctets() != plan.template().minRecordOctets()) {
      throw new IllegalStateException("not the template that was sent");
    }
  }

  @Benchmark
  public Template readTemplate() {
    templates.read(
        message, MESSAGE_AND_SET_HEADER_OCTETS, message.length, Template.Kind.FLOW, this);
    return read;
  }

  @Benchmark
  public RecordPlan readAndCompile() {
    return RecordPlanCompiler.compile(readTemplate());
  }

  @Override
  public void onTemplate(Template template) {
    read = template;
  }

  @Override
  public void onWithdrawal(int templateId, Template.Kind kind) {
    throw new IllegalStateException("a withdrawal");
  }

  @Override
  public void onTemplateDropped(DropReason reason) {
    throw new IllegalStateException(reason.label());
  }
}
