package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image's recipe against the pods that run it. */
class ImageTest {
  private static Base base;
  private static List<String> recipe;

  @BeforeAll
  static void read() throws Exception {
    base = Base.rendered();
    recipe = Files.readAllLines(Base.PROJECT.resolve("src/docker/Dockerfile"));
  }

  /** What follows an instruction that stands there once. */
  private static String instruction(String name) {
    List<String> found =
        recipe.stream().filter(line -> line.startsWith(name + " ")).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0).substring(name.length() + 1);
  }

  @Test
  void startsTheLauncherItselfSoThatSignalsReachIt() {
    assertThat(instruction("ENTRYPOINT")).isEqualTo("[\"/opt/holdfast/bin/holdfast\"]");
    assertThat(instruction("CMD")).isEqualTo("[\"serve\"]");
    assertThat(base.container().getArgs()).containsExactly("serve");
    assertThat(Base.PROJECT.resolve("src/dist/bin/holdfast")).isExecutable();
  }

  @Test
  void runsAsTheUserThePodsRunAs() {
    var context = base.pod().getSecurityContext();

    assertThat(instruction("USER"))
        .isEqualTo(context.getRunAsUser() + ":" + context.getRunAsGroup());
  }

  @Test
  void exposesThePortsOfThePods() {
    List<String> ports = new ArrayList<>();
    base.container()
        .getPorts()
        .forEach(port -> ports.add(port.getContainerPort().toString()));

    assertThat(instruction("EXPOSE").split(" ")).containsExactlyElementsOf(ports);
  }

  @Test
  void holdsTheConfigurationWherePodsPutTheirs() throws IOException {
    assertThat(instruction("COPY")).isEqualTo(". /opt/holdfast");
    assertThat(Files.readString(Base.PROJECT.resolve("src/assembly/layout.xml")))
        .contains("<directory>conf</directory><outputDirectory>conf</outputDirectory>");
    for (VolumeMount mount : base.container().getVolumeMounts()) {
      if (mount.getMountPath().startsWith("/opt/holdfast/")) {
        String inside = mount.getMountPath().substring("/opt/holdfast/".length());
        assertThat(Base.PROJECT.resolve(inside)).exists();
      }
    }
  }
}
