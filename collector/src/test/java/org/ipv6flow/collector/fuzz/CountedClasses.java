package org.ipv6flow.collector.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the project's classes anew, with a call of {@link Steps#step} at the beginning of every
 * method and before every jump backward. The classes of this package and of the tests' builders are
 * loaded anew as well, so that they see the others, but they are not counted.
 */
final class CountedClasses extends ClassLoader {

  private static final String PROJECT = "org.ipv6flow.";
  private static final String STEPS = "org/ipv6flow/collector/fuzz/Steps";

  /** Known on both sides. */
  private static final Set<String> SHARED =
      Set.of(
          Steps.class.getName(),
          Steps.TooManyStepsError.class.getName(),
          MutationRun.class.getName(),
          MutationRun.Report.class.getName());

  CountedClasses() {
    super(CountedClasses.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PROJECT) || SHARED.contains(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] octets = isCounted(name) ? count(in.readAllBytes()) : in.readAllBytes();
      return defineClass(name, octets, 0, octets.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static boolean isCounted(String name) {
    return !name.startsWith("org.ipv6flow.collector.fuzz.")
        && !name.startsWith("org.ipv6flow.collector.testing.");
  }

  private static byte[] count(byte[] octets) {
    ClassReader reader = new ClassReader(octets);
    // A call without arguments changes neither the frames nor the depth of the stack.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new CountingClass(writer), 0);
    return writer.toByteArray();
  }

  private static final class CountingClass extends ClassVisitor {

    CountingClass(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null ? null : new CountingMethod(next);
    }
  }

  private static final class CountingMethod extends MethodVisitor {

    private final Set<Label> passed = new HashSet<>();

    CountingMethod(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      step();
    }

    @Override
    public void visitLabel(Label label) {
      super.visitLabel(label);
      passed.add(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (passed.contains(label)) {
        step();
      }
      super.visitJumpInsn(opcode, label);
    }

    private void step() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, "step", "()V", false);
    }
  }
}
